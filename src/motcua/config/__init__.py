"""Composition root: typed settings, URLs, WSGI, wiring of adapters. Sees everything; nothing sees it."""
