"""What may be printed, as pure functions."""
