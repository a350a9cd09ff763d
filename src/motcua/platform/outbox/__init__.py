"""Events leave a transaction only if it commits, and reach each of their handlers at least once."""
