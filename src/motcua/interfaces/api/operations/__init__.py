"""One file per subject; each offers a ``router``."""
