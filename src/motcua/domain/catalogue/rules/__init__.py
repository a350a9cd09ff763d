"""What a definition means: reading it, checking answers against it, computing fees from it."""
