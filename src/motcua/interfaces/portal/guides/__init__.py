"""Guides of life and business: a few questions, then what to do in which order."""
