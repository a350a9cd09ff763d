"""Finding a procedure in plain words, and what it gives, costs and needs."""
