"""What Django lets a project replace, in a form that costs less."""
