"""The tree of agencies: who sits where, when an office is open, which days are off."""
