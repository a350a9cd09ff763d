"""Filling in, keeping and filing a form: one section a page, saved at every step."""
