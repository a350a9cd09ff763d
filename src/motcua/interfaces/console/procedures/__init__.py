"""Published procedures, and publishing a new version from its definition."""
