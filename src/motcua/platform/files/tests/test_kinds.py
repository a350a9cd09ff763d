"""The bytes say what a file is, the name must agree, and nothing that is bad to open comes in."""

import tempfile
from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.errors import Refusal
from motcua.platform.files import testing
from motcua.platform.files.rules import names
from motcua.platform.files.rules.inspection import inspect
from motcua.platform.files.types import (
    ANY,
    PAPERS,
    BadName,
    Bomb,
    Broken,
    Empty,
    Encrypted,
    FileId,
    FileView,
    HasMacros,
    Kind,
    Limits,
    State,
    TypeMismatch,
    WrongType,
)

XML = b'<?xml version="1.0"?>\n<a>\xc4\x91</a>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'


def look(body: bytes, accepts: frozenset[Kind] = ANY, **limits: int) -> Kind:
    with tempfile.TemporaryFile() as stream:
        stream.write(body)
        stream.flush()
        return inspect(stream, accepts=accepts, limits=Limits(**limits))  # type: ignore[arg-type]  # whole numbers


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (testing.a_pdf(3), Kind.PDF),
        (testing.a_jpeg(), Kind.JPEG),
        (testing.a_png(), Kind.PNG),
        (testing.a_webp(), Kind.WEBP),
        (testing.a_heic(), Kind.HEIC),
        (testing.a_tiff(), Kind.TIFF),
        (testing.a_docx(), Kind.DOCX),
        (testing.an_xlsx(), Kind.XLSX),
        (testing.an_odt(), Kind.ODT),
        ("Kính gửi: Ủy ban nhân dân".encode(), Kind.TEXT),
        (("ờ" * 2047 + "abc").encode(), Kind.TEXT),
        (XML, Kind.XML),
    ],
)
def test_each_kind_is_known_by_its_bytes(body: bytes, kind: Kind) -> None:
    assert look(body) is kind


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: b"", Empty),
        (testing.an_exe, WrongType),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), WrongType),
        (lambda: b"\x7fELF" + bytes(60), WrongType),
        (testing.a_zip_bomb, Bomb),
        (testing.a_crowded_zip, Bomb),
        (testing.a_png_bomb, Bomb),
        (testing.a_pdf_bomb, Bomb),
        (lambda: testing.a_heic(100_000, 100_000), Bomb),
        (lambda: LAUGHS, Bomb),
        (testing.a_docx_with_macros, HasMacros),
        (lambda: testing.a_pdf(password="đóng"), Encrypted),
        (lambda: b"%PDF-1.7\nnothing more", Broken),
        (lambda: b"PK\x03\x04 nothing more", Broken),
        (lambda: testing.a_png()[:20], Broken),
        (lambda: b"a" * 5000 + b"\xff\xfe", Broken),
    ],
)
def test_what_is_bad_to_open_is_refused(make: Callable[[], bytes], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        look(make())


def test_a_refusal_says_what_the_file_seems_to_be() -> None:
    with pytest.raises(WrongType) as refused:
        look(testing.an_exe(), PAPERS)
    assert refused.value.facts["seems"] == "exe"
    assert "pdf" in refused.value.facts["accepts"]  # type: ignore[operator]  # a list of kinds


def test_a_good_file_of_a_kind_not_asked_for_is_refused() -> None:
    with pytest.raises(WrongType):
        look(testing.a_docx(), PAPERS)


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(Bomb):
        look(testing.a_pdf(11), pages=10)


@pytest.mark.filterwarnings("ignore::UserWarning")  # of a picture whose head it reads all the same
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xd8\xff", b"II*\x00"])
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_taken_or_refused(body: bytes, start: bytes) -> None:
    try:
        assert look(start + body) in Kind
    except Refusal as refusal:
        assert refusal.code.startswith("files.")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("sample", [testing.a_pdf(), testing.a_docx(), testing.a_jpeg(), testing.a_tiff()])
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_damaged_file_is_taken_or_refused(sample: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sample) - 1))
    body = sample[:place] + data.draw(st.binary(max_size=8)) + sample[place + data.draw(st.integers(0, 8)) :]
    try:
        assert look(body) in Kind
    except Refusal as refusal:
        assert refusal.code.startswith("files.")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "...",
        "../etc/passwd",
        "a/b.pdf",
        "a\\b.pdf",
        ".htaccess",
        "a\x00.pdf",
        "x" * 201,
        "tệp\u202efdp.exe",
    ],
)
def test_a_name_that_hides_something_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        names.tidy(name)


def test_names_are_kept_in_composed_unicode() -> None:
    assert names.tidy(" Đơn của H’Bia E\u0302ban.pdf ") == "Đơn của H’Bia Êban.pdf"


def test_the_ending_must_agree_with_the_bytes() -> None:
    assert names.named_as(Kind.JPEG, "IMG_1.JPEG") == "IMG_1.JPEG"
    assert names.named_as(Kind.JPEG, "image") == "image.jpg"
    assert names.named_as(Kind.PDF, "Điều 16") == "Điều 16.pdf"
    for name in ("đơn.exe", "ảnh.png", "đơn.pdf.exe"):
        with pytest.raises(TypeMismatch):
            names.named_as(Kind.PDF, name)


@given(st.text(min_size=1, max_size=60))
def test_the_head_of_an_answer_cannot_be_broken_by_a_name(name: str) -> None:
    try:
        shown = names.attachment(names.tidy(name))
    except BadName:
        return
    shown.encode("ascii")
    assert not set(shown) & set("\r\n\\")
    assert shown.count('"') == 2


def test_a_served_file_has_no_rights_in_the_site() -> None:
    page = FileView(
        id=FileId(uuid4()),
        name="đơn.xml",
        size_bytes=12,
        media_type="application/xml",
        sha256="ab",
        state=State.CLEAN,
        kind=Kind.XML,
        owner=uuid4(),
        uploaded_at=testing.NOON,
    )

    headers = names.answer_headers(page, inline=True)

    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-store"
