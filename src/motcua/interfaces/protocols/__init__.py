"""Dialects other systems speak: one folder each."""
