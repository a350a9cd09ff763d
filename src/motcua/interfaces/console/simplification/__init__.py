"""Simplification: which procedures take most of people, why, and what a change saves."""
