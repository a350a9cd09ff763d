"""Look into printed documents from a test, with the same tools an archive would use."""

import subprocess
from dataclasses import dataclass
from io import BytesIO

import pikepdf


@dataclass(frozen=True, slots=True)
class Printed:
    """What a reader can learn of a PDF."""

    text: str
    pages: int
    title: str
    author: str
    language: str
    is_tagged: bool
    profile: str  #: as the document identifies itself (ISO 19005-2 § 6.6.4): ``2B``
    width_mm: int
    height_mm: int
    unembedded_fonts: tuple[str, ...]


def printed(document: bytes) -> Printed:
    """Read ``document`` back: its text by poppler, its claims by its own metadata."""
    with pikepdf.open(BytesIO(document)) as pdf:
        claims = pdf.open_metadata()
        box = [float(side) for side in pdf.pages[0].mediabox]
        return Printed(
            text=_poppler("pdftotext", "-layout", document),
            pages=len(pdf.pages),
            title=str(claims.get("dc:title", "")),
            author=" ".join(claims.get("dc:creator", [])),
            language=str(pdf.Root.get("/Lang", "")),
            is_tagged="/StructTreeRoot" in pdf.Root,
            profile=f"{claims.get('pdfaid:part', '')}{claims.get('pdfaid:conformance', '')}",
            width_mm=round((box[2] - box[0]) * 25.4 / 72),
            height_mm=round((box[3] - box[1]) * 25.4 / 72),
            unembedded_fonts=tuple(
                line.split()[0]
                for line in _poppler("pdffonts", None, document).splitlines()[2:]
                if line.split()[-5] != "yes"
            ),
        )


def words_of(document: bytes) -> str:
    """Return the text of ``document`` with every run of white space as one space."""
    return " ".join(printed(document).text.split())


def _poppler(tool: str, option: str | None, document: bytes) -> str:
    arguments = [tool, *([option] if option else []), "-", *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(arguments, input=document, capture_output=True, check=True).stdout.decode()
