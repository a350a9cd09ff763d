"""Find the text of a definition: a file, one that ships with the package, or one published on the node."""

from pathlib import Path

from motcua.interfaces.cli.node import Exit, leave, open_node, settings_or_leave
from motcua.kernel.clock import local_date, now
from motcua.kernel.errors import Refusal


def text_of(what: str) -> str:
    """Return the text of ``what``: a file, a code that ships with the package, or one of the node's.

    Only the last, and CODE@VERSION, needs the database. Ends the command with code 2 when there is no such.
    """
    from motcua.domain.catalogue import queries

    try:
        if Path(what).is_file():
            return Path(what).read_bytes().decode()
        if what in queries.shipped_codes():
            return queries.shipped_text(what)
    except (OSError, UnicodeDecodeError) as fault:
        leave(Exit.USAGE, f"{what}: {fault}")
    return published_text_of(what)


def published_text_of(what: str) -> str:
    """Return the text the node has published of ``what``: CODE, in force today, or CODE@VERSION."""
    migrated_node()
    from motcua.domain.catalogue import queries

    try:
        return queries.definition_text(what, on=local_date(now()))
    except Refusal as refusal:
        leave(Exit.USAGE, f"{what}: {refusal.code}")


def ready() -> None:
    """Make Django ready without a database: for what needs only the package and files."""
    settings_or_leave()
    import django

    django.setup()


def migrated_node() -> None:
    """Make the node ready for use even if nothing ever ran on it: database, Django, tables."""
    open_node()
    from motcua.interfaces.cli.schema import migrate_database
    from motcua.platform.database.queries import pending_migrations

    if pending_migrations():
        migrate_database()
