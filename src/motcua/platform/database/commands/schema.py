"""Making databases on a server, outside any transaction."""

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo


def create_database_if_missing(url: str) -> bool:
    """Create the database ``url`` names unless it exists; return whether it was created. May be repeated."""
    parts = conninfo_to_dict(url)
    name = str(parts["dbname"])
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase:  # another process was faster
            return False
    return True
