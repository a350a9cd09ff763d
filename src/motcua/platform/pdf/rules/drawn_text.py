"""What a page says: the glyphs of its content stream read back through the ToUnicode tables of its fonts.

Source: ISO 32000-1 § 9.4.3 (text showing), § 9.10.3 (ToUnicode CMaps).
"""

import re
from collections.abc import Mapping

import pikepdf

_CODE = rb"<([0-9a-fA-F]+)>"
_PAIR = re.compile(_CODE + rb"\s*" + _CODE)
_RANGE = re.compile(_CODE + rb"\s*" + _CODE + rb"\s*" + _CODE)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_MOVES = frozenset({"Td", "TD", "T*", "Tm", "ET"})


def drawn_text(page: pikepdf.Page) -> str:
    """Return the text of a page in the order in which it is drawn."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    fonts = {name: _table(font) for name, font in resources.get("/Font", pikepdf.Dictionary()).items()}
    words: list[str] = []
    table: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ Td TD T* Tm ET"):
        name, operands = str(instruction.operator), instruction.operands
        if name == "Tf":
            table = fonts.get(str(operands[0]), {})
        elif name == "Tj":
            words.append(_read(operands[0], table))
        elif name == "TJ":
            words += [_read(part, table) for part in operands[0] if isinstance(part, pikepdf.String)]
        elif name in _MOVES:
            words.append("\n" if name == "ET" else "")
    return "".join(words)


def _read(shown: pikepdf.Object, table: Mapping[int, str]) -> str:
    raw = bytes(shown)
    return "".join(table.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))


def _table(font: pikepdf.Object) -> dict[int, str]:
    """Return glyph code → text, from the font's own table."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            found |= {int(code, 16): _said(text) for code, text in _PAIR.findall(block)}
            continue
        for first, last, digits in _RANGE.findall(block):
            start, text = int(first, 16), _said(digits)
            for code in range(start, int(last, 16) + 1):
                found[code] = text[:-1] + chr(ord(text[-1]) + code - start)
    return found


def _said(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
