"""No tables of our own: procrastinate brings its own, with their migrations."""
