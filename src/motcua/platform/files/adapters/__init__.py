"""Where bytes rest and who looks for harm in them. Chosen by dotted path in the settings."""
