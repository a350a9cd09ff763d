"""Django's cache kept in the database, for what all processes of a node must count together.

Rate limits stand here: a limit that each process counts for itself is as many times too high as there are
processes. Values are JSON, never pickles: what lies in a database may have been written by others. The table is
unlogged; after a crash of the database every count begins anew, and nothing else is lost. What is merely slow to
compute belongs into ``caches["local"]``, the memory of the process.
"""

import itertools
import json
from datetime import UTC, datetime
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_TIDY_EVERY: Final = 500  #: writes of one process
_FOREVER: Final = datetime(9999, 1, 1, tzinfo=UTC)

# A row whose time is over counts as absent, so a fresh one may take its place.
_ADD: Final = """
    INSERT INTO database_shared AS held (key, value, expires_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
    WHERE held.expires_at <= clock_timestamp()
    RETURNING key"""
_SET: Final = """
    INSERT INTO database_shared (key, value, expires_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"""
_GET: Final = "SELECT value FROM database_shared WHERE key = %s AND expires_at > clock_timestamp()"
# One statement adds, so that no count is lost between two processes.
_INCREASE: Final = """
    UPDATE database_shared SET value = ((value #>> '{}')::bigint + %s)::text::jsonb
    WHERE key = %s AND expires_at > clock_timestamp()
    RETURNING (value #>> '{}')::bigint"""
_TOUCH: Final = """
    UPDATE database_shared SET expires_at = %s WHERE key = %s AND expires_at > clock_timestamp() RETURNING key"""
_DELETE: Final = "DELETE FROM database_shared WHERE key = %s RETURNING key"
_TIDY: Final = "DELETE FROM database_shared WHERE expires_at <= clock_timestamp()"


class SharedCache(BaseCache):
    """A cache that every process of the node sees at once."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._writes = itertools.count(1)

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        self._tidy_now_and_then()
        return self._row(_ADD, self._whole(key, version), json.dumps(value), self._until(timeout)) is not None

    def get(self, key: str, default: object = None, version: int | None = None) -> Any:  # noqa: ANN401 - as Django's
        row = self._row(_GET, self._whole(key, version))
        return default if row is None else json.loads(row[0])

    def set(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._tidy_now_and_then()
        with connection.cursor() as cursor:
            cursor.execute(_SET, [self._whole(key, version), json.dumps(value), self._until(timeout)])

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        row = self._row(_INCREASE, delta, self._whole(key, version))
        if row is None:
            raise ValueError(f"no count under {key!r}")
        return int(row[0])

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._row(_TOUCH, self._until(timeout), self._whole(key, version)) is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._row(_DELETE, self._whole(key, version)) is not None

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM database_shared")

    def _whole(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _until(self, timeout: float | None) -> datetime:
        ends = self.get_backend_timeout(timeout)
        return _FOREVER if ends is None else datetime.fromtimestamp(ends, UTC)

    def _row(self, statement: str, *values: str | int | datetime) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def _tidy_now_and_then(self) -> None:
        if next(self._writes) % _TIDY_EVERY == 0:
            with connection.cursor() as cursor:
                cursor.execute(_TIDY)
