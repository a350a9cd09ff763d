"""One's own dossiers: where they stand, what is wanted, what was issued."""
