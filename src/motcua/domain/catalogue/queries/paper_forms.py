"""The paper form of a definition, for who would rather write by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import segno

from motcua.domain.catalogue.rules import paper_forms
from motcua.domain.catalogue.types import Definition
from motcua.platform.pdf import queries as pdf

_TEMPLATE: Final = Path(__file__).resolve().parent.parent / "forms" / "paper_form.typ"


def paper_form(definition: Definition, *, version: int = 0, when: Mapping[str, str] = {}) -> bytes:
    """Return the form of a definition as PDF/A to be filled in by hand; the same form gives the same bytes.

    ``version`` is 0 for a definition nobody has published; ``when`` says in words when a question applies, by key.
    """
    return pdf.render(_TEMPLATE, _facts(definition, version, when))


def paper_form_picture(definition: Definition, *, version: int = 0, when: Mapping[str, str] = {}) -> bytes:
    """Return the first page of the same as SVG."""
    return pdf.picture(_TEMPLATE, _facts(definition, version, when))


def _facts(definition: Definition, version: int, when: Mapping[str, str]) -> dict[str, object]:
    said = paper_forms.facts(definition, version=version, when=when)
    qr = segno.make(paper_forms.mark(said), error="m").svg_inline(border=0, omitsize=True)
    return {**said, "mark": paper_forms.mark(said), "qr_svg": qr}
