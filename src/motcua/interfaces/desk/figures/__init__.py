"""Statistics of an office: a table whose every number leads to its dossiers, a chart, and files to take away."""
