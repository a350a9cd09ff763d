"""Django's sessions in the database, read by one statement of fixed text: every request of every visitor does it.

``SESSION_ENGINE`` names this module. Nothing is kept in the process, so a session ended elsewhere ends at once.
"""

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_READ: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The store of Django, without the query builder on its way in."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key any more, if it has ended."""
        with connection.cursor() as cursor:
            cursor.execute(_READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
