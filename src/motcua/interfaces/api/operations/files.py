"""The bytes of papers, streamed once the owning system has said yes."""

from typing import Any, Final

from django.http import StreamingHttpResponse

from motcua.platform.files import queries
from motcua.platform.files.types import PAPERS, FileId, Kind

_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


def _bodies(*kinds: Kind) -> dict[str, Any]:
    return {
        "responses": {200: {"description": "OK", "content": {kind.media_type: _BINARY for kind in kinds}}}
    }


PAPER_BODIES: Final = _bodies(*sorted(PAPERS))
PDF_BODY: Final = _bodies(Kind.PDF)


def streamed(file_id: FileId) -> StreamingHttpResponse:
    """Return the bytes of a file. The caller has checked who asks. Raises UnknownFile, Quarantined."""
    pieces = queries.read(file_id)
    return StreamingHttpResponse(pieces, headers=queries.answer_headers(queries.file(file_id)))
