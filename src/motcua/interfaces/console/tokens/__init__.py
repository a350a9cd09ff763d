"""API tokens: what programs hold, who gave it to them, and how it is taken away."""
