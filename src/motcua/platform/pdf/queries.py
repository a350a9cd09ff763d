"""Print documents and look into them. Pure work of the processor: nothing is stored, nothing is fetched."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import orjson
import pikepdf
import typst

from motcua.platform.pdf.rules.characters import each_text, printable, surely_shown
from motcua.platform.pdf.rules.drawn_text import drawn_text
from motcua.platform.pdf.types import PACKAGES, STANDARD, FetchingTemplate, NotAPdf

_FETCHED_IMPORT = re.compile(r'"@(?!motcua/)[\w-]+/')
_NOT_SHOWN = "could not be displayed with"


def render(source: Path, facts: Mapping[str, object]) -> bytes:
    """Print the template ``source`` with ``facts`` as PDF/A-2b, tagged, in 5–15 ms once warm.

    The template reads files of its own folder and ``packages/`` only. Facts travel as JSON: text in them is
    printed as typed and is never markup. Equal facts give equal bytes on every node as long as they can be
    written with the built-in fonts (all of Latin and Vietnamese); other scripts use the fonts of the machine
    and, failing that, print as □. ``facts["made_at"]`` (aware datetime) becomes the date of the document.
    """
    template = _template(source.resolve())
    clean = each_text(facts, printable)
    try:
        return template.print(clean, with_system_fonts=False)
    except typst.TypstError as error:
        if _NOT_SHOWN not in error.message:
            raise
    try:
        return template.print(clean, with_system_fonts=True)
    except typst.TypstError as error:
        if _NOT_SHOWN not in error.message:
            raise
    return template.print(each_text(clean, surely_shown), with_system_fonts=False)


def picture(source: Path, facts: Mapping[str, object]) -> bytes:
    """Draw the first page of what ``render`` would print, as SVG for a screen."""
    return _template(source.resolve()).draw(each_text(facts, surely_shown))


def page_count(document: bytes) -> int:
    """Return the number of pages of a PDF. Raises NotAPdf."""
    try:
        with pikepdf.open(BytesIO(document)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError as error:
        raise NotAPdf from error


class _Template:
    """A template kept warm in this process. One compilation at a time: the compiler is not reentrant."""

    def __init__(self, source: Path) -> None:
        _refuse_if_it_fetches(source.parent)
        self._source = source
        self._lock = Lock()
        self._compilers: dict[bool, typst.Compiler] = {}

    def print(self, facts: object, *, with_system_fonts: bool) -> bytes:
        inputs = {"facts": orjson.dumps(facts, default=str).decode()}
        with self._lock:
            compiler = self._compilers.get(with_system_fonts) or self._warm_up(with_system_fonts)
            made = compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=_seconds(facts)
            )
        assert isinstance(made, bytes)  # one document, not one picture per page
        return made

    def draw(self, facts: object) -> bytes:
        inputs = {"facts": orjson.dumps(facts, default=str).decode()}
        with self._lock:
            compiler = self._compilers.get(False) or self._warm_up(False)
            made = compiler.compile(format="svg", sys_inputs=inputs)
        assert made  # a document has a first page
        return made if isinstance(made, bytes) else made[0]

    def _warm_up(self, with_system_fonts: bool) -> typst.Compiler:
        compiler = typst.Compiler(
            str(self._source),
            root=str(self._source.parent),
            font_paths=_fonts(with_system_fonts),
            package_path=str(PACKAGES),
            package_cache_path=str(PACKAGES),
        )
        return self._compilers.setdefault(with_system_fonts, compiler)


@cache
def _template(source: Path) -> _Template:
    return _Template(source)


@cache
def _fonts(with_system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=True)


def _refuse_if_it_fetches(folder: Path) -> None:
    for file in sorted(folder.glob("**/*.typ")):
        if _FETCHED_IMPORT.search(file.read_text(encoding="utf-8")):
            raise FetchingTemplate(str(file))


def _seconds(facts: object) -> int:
    made_at = facts.get("made_at") if isinstance(facts, dict) else None
    if isinstance(made_at, str):
        made_at = datetime.fromisoformat(made_at)
    return int(made_at.timestamp()) if isinstance(made_at, datetime) else 0


def text_of(document: bytes) -> str:
    """Return the text a PDF made here shows, line by line as drawn. Raises NotAPdf.

    Enough to look for a code or a name in; a reader for any PDF of the world it is not.
    """
    try:
        with pikepdf.open(BytesIO(document)) as pdf:
            return unicodedata.normalize("NFC", "\n".join(drawn_text(page) for page in pdf.pages))
    except pikepdf.PdfError as error:
        raise NotAPdf from error
