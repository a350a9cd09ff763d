"""Vocabulary of the database service: what can go wrong at the start."""

from motcua.kernel.errors import Conflict


class DatabaseUnavailable(Conflict):
    """The database cannot be started or reached; ``facts["why"]`` says it in one line for the operator."""

    code = "database.unavailable"

    def __str__(self) -> str:
        return str(self.facts.get("why", self.code))
