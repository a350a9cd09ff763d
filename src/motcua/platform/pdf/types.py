"""Words of the printing service."""

from pathlib import Path
from typing import Final

from motcua.kernel.errors import Invalid

PACKAGES: Final = (
    Path(__file__).parent / "packages"
)  #: layouts shared by templates: ``@motcua/official:1.0.0``
STANDARD: Final = "a-2b"  #: the PDF profile of everything printed
NO_GLYPH: Final = "□"  #: stands for a character that no font at hand can show


class NotAPdf(Invalid):
    """The bytes cannot be opened as a PDF document."""

    code = "pdf.not_a_pdf"


class FetchingTemplate(Exception):
    """A template imports a package from the network. Templates are self-contained; this is a bug."""
