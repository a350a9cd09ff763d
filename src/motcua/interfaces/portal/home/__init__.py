"""The front page: search first, then one's own affairs, then how the node serves."""
