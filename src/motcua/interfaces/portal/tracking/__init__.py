"""Following a dossier without an account, with the code and key of its receipt."""
