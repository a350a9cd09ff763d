"""How large a picture becomes when it is drawn, by its header.

Sources: RFC 2083, ITU T.81, TIFF 6.0, RFC 9649; ISO 23008-12 § 6.5.3 (HEIC).
"""

import re
import struct
from typing import BinaryIO, Final

from PIL import Image, UnidentifiedImageError

from motcua.platform.files.types import Bomb, Broken, Kind, Limits

_HEAD: Final = 1 << 20
_UNREADABLE: Final = (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error)


def check_picture(stream: BinaryIO, limits: Limits) -> None:
    """Raise Bomb for a picture of too many points or pages, Broken for none at all; nothing is drawn."""
    try:
        with Image.open(stream) as picture:  # reads the header only
            refuse_pixels(*picture.size, limits)
            if picture.format == "TIFF":
                _check_pages(picture, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Bomb(limit=limits.pixels) from error
    except _UNREADABLE as error:
        raise Broken from error


def check_embedded(stream: BinaryIO, limits: Limits) -> None:
    """Raise Bomb for a picture inside another document; one that nobody can read does no harm there."""
    try:
        check_picture(stream, limits)
    except Broken:
        return


def check_heic(stream: BinaryIO, limits: Limits) -> None:
    """Raise Bomb by the ``ispe`` boxes of a HEIC picture, Broken if there is none."""
    head = stream.read(_HEAD)
    sizes = [struct.unpack_from(">II", head, box.end() + 4) for box in re.finditer(b"ispe", head[:-16])]
    if not sizes:
        raise Broken(kind=Kind.HEIC.value)
    for width, height in sizes:
        refuse_pixels(width, height, limits)


def refuse_pixels(width: int, height: int, limits: Limits, *, times: int = 1) -> None:
    """Raise Bomb for more points than ``times`` the limit."""
    if width * height > limits.pixels * times:
        raise Bomb(pixels=width * height, limit=limits.pixels * times)


def _check_pages(picture: Image.Image, limits: Limits) -> None:
    """A scan holds many pages, each with a size of its own."""
    for page in range(1, limits.pages + 1):
        try:
            picture.seek(page)
        except EOFError:
            return
        refuse_pixels(*picture.size, limits)
    raise Bomb(pages=limits.pages + 1, limit=limits.pages)
