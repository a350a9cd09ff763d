"""Starting and stopping the embedded PostgreSQL, making databases, putting stamps."""

from motcua.platform.database.commands.embedded import keep, start_embedded, stop_embedded
from motcua.platform.database.commands.schema import create_database_if_missing

__all__ = ["create_database_if_missing", "keep", "start_embedded", "stop_embedded"]
