"""Pages of lists, the state of the tables, and where the embedded server lives."""

from motcua.platform.database.queries.embedded import binaries, embedded_home, embedded_url
from motcua.platform.database.queries.pages import page
from motcua.platform.database.queries.schema import pending_migrations, schema_digest, server_version
from motcua.platform.database.queries.stamps import is_stamped, stamps

__all__ = [
    "binaries",
    "embedded_home",
    "embedded_url",
    "is_stamped",
    "page",
    "pending_migrations",
    "schema_digest",
    "server_version",
    "stamps",
]
