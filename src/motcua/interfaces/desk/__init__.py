"""The desk: where officers take dossiers in, work on them, sign and hand over. No rules here, only pages."""
