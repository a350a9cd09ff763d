"""The law of the dossier as pure tables and functions: its life, its clock, its forms and numbers."""
