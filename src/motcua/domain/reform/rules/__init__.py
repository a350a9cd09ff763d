"""Pure rules of simplification."""
