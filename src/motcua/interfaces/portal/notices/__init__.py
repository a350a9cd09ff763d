"""What the node has told a person."""
