"""What we print can be read back."""

from pathlib import Path

import pytest

from motcua.platform.pdf import queries
from motcua.platform.pdf.types import NotAPdf

_TEMPLATE = '#let facts = json(bytes(sys.inputs.facts))\n#set document(title: "x")\n= #facts.words\n'


def test_words_printed_are_read_back(tmp_path: Path) -> None:
    source = tmp_path / "page.typ"
    source.write_text(_TEMPLATE, encoding="utf-8")

    text = queries.text_of(queries.render(source, {"words": "Rơ Châm H’Bia H21.101-261122-0002 đã ký"}))

    assert "Rơ Châm H’Bia H21.101-261122-0002 đã ký" in text


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(NotAPdf):
        queries.text_of(b"GIF89a")
