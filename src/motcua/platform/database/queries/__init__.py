"""Pages of lists, and where the embedded server lives."""

from motcua.platform.database.queries.embedded import binaries, embedded_home, embedded_url
from motcua.platform.database.queries.pages import page

__all__ = ["binaries", "embedded_home", "embedded_url", "page"]
