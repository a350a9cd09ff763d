"""Which version of a thing the caller looked at (RFC 9110 § 13.1.1): ``If-Match``, or ``seen`` in the body.

A deed on an older version is refused: 412 to who asked with If-Match, 409 to who asked in the body.
"""

import re
from typing import Annotated, Final

from django.http import HttpResponse
from ninja import Header

from motcua.interfaces.api.problems import VersionMissing

IfMatch = Annotated[
    str | None,
    Header(None, alias="If-Match", max_length=100, description="ETag of what the caller looked at."),
]
NEVER: Final = 0  #: a version nothing ever has
_OURS: Final = re.compile(r'"([1-9][0-9]{0,8})"')


def tag(response: HttpResponse, version: int) -> None:
    """Say in the answer which version it shows."""
    response["ETag"] = f'"{version}"'


def seen(if_match: str | None, said: int | None) -> int | None:
    """Return the version the caller looked at; None for ``If-Match: *``, whichever it is now.

    A tag that is not one of ours matches nothing. Raises VersionMissing.
    """
    wanted = (if_match or "").strip()
    if wanted == "*":
        return None
    if wanted:
        ours = _OURS.fullmatch(wanted)
        return int(ours[1]) if ours else NEVER
    if said is None:
        raise VersionMissing
    return said
