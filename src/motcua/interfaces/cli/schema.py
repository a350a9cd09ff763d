"""Bringing the tables of the node to this version; shared by ``migrate``, ``demo`` and ``restore``."""

from motcua.kernel.clock import now


def migrate_database() -> list[str]:
    """Apply pending migrations, stamp the database and return their names. Needs :func:`open_node` before."""
    from django.core.management import call_command

    from motcua.platform.database.commands.stamps import put_stamp
    from motcua.platform.database.queries import pending_migrations, schema_digest

    pending = pending_migrations()
    call_command("migrate", verbosity=0, interactive=False)
    put_stamp("schema", schema_digest(), at=now())
    return pending
