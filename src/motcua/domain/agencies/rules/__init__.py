"""The law of agencies as pure functions: the grammar of codes, the shape of the tree, office hours."""
