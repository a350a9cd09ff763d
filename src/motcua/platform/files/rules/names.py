"""Names of files: what is taken, and how they are written into an answer's head.

Source: RFC 6266 and RFC 8187 (Content-Disposition); Unicode Technical Report 36 § 3.2 (reordered text).
"""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from motcua.kernel.text import fold
from motcua.platform.files.types import BadName, FileView, Kind, TypeMismatch

LONGEST: Final = 200  #: characters of a name
LONGEST_ENDING: Final = 8
_HIDING: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_PATH: Final = re.compile(r'[/\\:*?"<>|]')
_INLINE: Final = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WEBP})


def tidy(name: str) -> str:
    """Return ``name`` in composed Unicode without outer blanks. Raises BadName.

    >>> tidy(" Giấy khai sinh.pdf ")
    'Giấy khai sinh.pdf'
    """
    plain = unicodedata.normalize("NFC", name).strip()
    for reason, is_bad in (
        ("empty", not plain.strip(".")),
        ("too_long", len(plain) > LONGEST),
        ("hidden_characters", _HIDING.search(plain) is not None),
        ("path", _PATH.search(plain) is not None or plain.startswith(".")),
    ):
        if is_bad:
            raise BadName(reason=reason)
    return plain


def extension(name: str) -> str:
    """Return the lower-case ending of ``name`` without its dot, or nothing."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= LONGEST_ENDING and ending.isalnum() else ""


def named_as(kind: Kind, name: str) -> str:
    """Return ``name``, given an ending if it has none. Raises TypeMismatch if it has that of another kind."""
    ending = extension(name)
    if not ending:
        return f"{name[: LONGEST - 5]}.{kind.extensions[0]}"
    if ending not in kind.extensions:
        raise TypeMismatch(declared=ending, found=kind.value)
    return name


def attachment(name: str) -> str:
    """Return the Content-Disposition that saves a file as ``name``, in every browser and safe to print.

    >>> attachment("Đơn H’Bia.pdf")
    'attachment; filename="don h bia.pdf"; filename*=UTF-8\\'\\'%C4%90%C6%A1n%20H%E2%80%99Bia.pdf'
    """
    return _disposition("attachment", name)


def answer_headers(file: FileView, *, inline: bool = False) -> dict[str, str]:
    """Return the head of an answer that carries ``file``.

    Whatever the bytes are, they run nothing in the site's origin: the type is not guessed (``nosniff``), the
    page they would make has no rights (``sandbox``), and no shared cache keeps them. ``inline`` shows the
    few kinds a browser draws itself; anything else is always saved.
    """
    how = "inline" if inline and file.kind in _INLINE else "attachment"
    charset = "; charset=utf-8" if file.kind is Kind.TEXT else ""
    return {
        "Content-Type": file.media_type + charset,
        "Content-Length": str(file.size_bytes),
        "Content-Disposition": _disposition(how, file.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
        "ETag": f'"{file.sha256}"',
    }


def _disposition(how: str, name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    plain = f"{fold(stem) or 'tep'}.{fold(ending) or 'bin'}" if dot else fold(name) or "tep"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
