"""Errors a person can cause. Each has a stable code; interfaces turn codes into words.

A bug is never a Refusal. The four families below tell an interface how to answer (RFC 9110 status
classes) without the domain knowing about HTTP.
"""

from typing import ClassVar


class Refusal(Exception):
    """The request is understood and refused. Carries facts, never sentences."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class Forbidden(Refusal):
    """The actor may not do this, whoever asks politely (403)."""

    code = "forbidden"


class Unknown(Refusal):
    """There is no such thing, or the actor may not learn that there is (404)."""

    code = "unknown"


class Conflict(Refusal):
    """The thing has moved on since the actor looked at it (409)."""

    code = "conflict"


class Invalid(Refusal):
    """What was sent cannot be accepted as it stands (422).

    ``facts["fields"]`` maps a field's path to the code of what is wrong with it, where fields are known.
    """

    code = "invalid"
