"""A printed document is archivable, honest about what was typed, and the same wherever it is printed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.platform.pdf import queries
from motcua.platform.pdf.rules.characters import printable
from motcua.platform.pdf.testing import printed, words_of
from motcua.platform.pdf.types import FetchingTemplate, NotAPdf

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
LETTER = Path(__file__).parent / "letters" / "letter.typ"


def test_a_document_is_pdf_a_2b_tagged_and_in_vietnamese() -> None:
    seen = printed(queries.render(LETTER, {"agency_name": "UBND phường Pleiku", "made_at": NOON}))

    assert (seen.profile, seen.is_tagged, seen.language) == ("2B", True, "vi-VN")
    assert (seen.title, seen.author) == ("Thư", "UBND phường Pleiku")
    assert (seen.width_mm, seen.height_mm, seen.pages) == (210, 297, 1)
    assert seen.unembedded_fonts == ()


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "$x^2$ và $",
        "@preview/cetz <nhãn>",
        "*đậm* _nghiêng_ `mã`",
        "= đề mục // ghi chú /* */",
        "\\ \\u{41} \\n",
        '#read("/etc/passwd")',
        "a\"b'c",
        "Rơ Châm H’Bia Ksor Kpă Siu Nay Y Moan Êban Niê K’Đăm",
        "[x](y) ~ -- ---",
    ],
)
def test_what_a_person_typed_is_printed_as_typed(name: str) -> None:
    assert f"Tên: {name}" in words_of(queries.render(LETTER, {"name": name}))


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_printed(text: str) -> None:
    assert queries.page_count(queries.render(LETTER, {"name": text})) >= 1


def test_letters_without_a_font_print_as_a_box() -> None:
    made = queries.render(LETTER, {"name": "Lan \U000105c0 \ufdd0"})

    assert "Tên: Lan □" in words_of(made) or "Tên: Lan \U000105c0" in words_of(made)


def test_marks_that_reorder_text_are_dropped() -> None:
    assert printable("ab\u202ecd\x00") == "abcd"


def test_equal_facts_give_equal_bytes() -> None:
    facts = {"name": "An", "made_at": NOON}

    assert queries.render(LETTER, facts) == queries.render(LETTER, facts)
    assert queries.render(LETTER, facts) != queries.render(LETTER, {**facts, "name": "Bình"})


def test_many_threads_print_at_once() -> None:
    barrier = threading.Barrier(4)

    def print_one(number: int) -> str:
        if number < 4:
            barrier.wait()
        return words_of(queries.render(LETTER, {"name": f"Người thứ {number}"}))

    with ThreadPoolExecutor(4) as people:
        seen = list(people.map(print_one, range(12)))

    assert all(f"Tên: Người thứ {number}" in text for number, text in enumerate(seen))


def test_missing_facts_become_dotted_lines() -> None:
    assert "Tên: ....." in words_of(queries.render(LETTER, {}))


def test_a_template_cannot_leave_its_folder(tmp_path: Path) -> None:
    source = tmp_path / "spy.typ"
    source.write_text('#read("../../../../etc/passwd")', encoding="utf-8")

    with pytest.raises(typst.TypstError, match="escape"):
        queries.render(source, {})


def test_a_template_cannot_fetch(tmp_path: Path) -> None:
    source = tmp_path / "fetch.typ"
    source.write_text('#import "@preview/cetz:0.3.1": *', encoding="utf-8")

    with pytest.raises(FetchingTemplate):
        queries.render(source, {})


def test_other_bytes_have_no_pages() -> None:
    with pytest.raises(NotAPdf):
        queries.page_count(b"not a document")
