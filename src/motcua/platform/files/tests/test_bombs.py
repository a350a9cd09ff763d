"""What is small to send and huge to open is refused, in bounded time and memory; what is merely large is taken."""

import io
import tempfile
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from motcua.platform.files import testing
from motcua.platform.files.rules.inspection import inspect
from motcua.platform.files.rules.unpacking import Budget, count_lzw, count_runs, inflated
from motcua.platform.files.types import ANY, Bomb, Kind, Limits

GIGABYTE = 2**30
SLOWEST_S = 5.0  #: a verdict takes tenths of a second; this is for a machine under load
MOST_MEMORY = 64 * 2**20


def look(body: bytes) -> Kind:
    with tempfile.TemporaryFile() as stream:
        stream.write(body)
        stream.flush()
        return inspect(stream, accepts=ANY, limits=Limits())


def runs_of_zeros(size: int) -> bytes:
    return b"\x81\x00" * (size // 128) + b"\x80"


BOMBS: dict[str, Callable[[], bytes]] = {
    "a page of one gigabyte": testing.a_pdf_stream_bomb,
    "a page of 100 MB in 100 KB": lambda: testing.a_pdf_stream_bomb(100 * 2**20),
    "deflated twice": lambda: testing.a_pdf_drawn_from(
        zlib.compress(testing.deflated_zeros(GIGABYTE)), ("/FlateDecode", "/FlateDecode")
    ),
    "deflated, then runs": lambda: testing.a_pdf_drawn_from(
        zlib.compress(runs_of_zeros(GIGABYTE)), ("/FlateDecode", "/RunLengthDecode")
    ),
    "old runs beyond what is counted": lambda: testing.a_pdf_drawn_from(
        runs_of_zeros(GIGABYTE), ("/RunLengthDecode",)
    ),
    "a picture said to be huge": lambda: testing.a_pdf_with_picture(
        testing.a_jpeg(), width=100_000, height=100_000
    ),
    "a picture that is huge and does not say so": lambda: testing.a_pdf_with_picture(
        testing.a_jpeg_bomb(), width=32, height=24
    ),
    "an object table": testing.a_pdf_bomb,
    "a photograph": testing.a_jpeg_bomb,
    "a scan with a huge second page": testing.a_tiff_bomb,
    "a part of 60 MB": testing.a_zip_bomb,
    "a part that lies": testing.a_zip_that_lies,
    "a picture within a document": lambda: testing.a_docx_with_picture(testing.a_png_bomb()),
    "entities within a document": lambda: testing.a_docx(
        styles_xml=b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_bounds(name: str) -> None:
    body = BOMBS[name]()
    assert len(body) < 20 * 2**20
    tracemalloc.start()
    began = time.monotonic()

    with pytest.raises(Bomb) as refusal:
        look(body)

    assert time.monotonic() - began < SLOWEST_S
    assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    tracemalloc.stop()
    assert refusal.value.code == "files.bomb"


def test_pages_that_are_merely_large_are_taken() -> None:
    page = testing.a_pdf_drawn_from(zlib.compress(bytes(100 * 2**20), 0), ("/FlateDecode",))

    assert look(page) is Kind.PDF


@pytest.mark.parametrize(
    ("packed", "filters"),
    [
        (b"q Q\n".hex().encode() + b">", ("/ASCIIHexDecode",)),
        (b"\x03q Q\n\x80", ("/RunLengthDecode",)),
        (zlib.compress(b"q Q\n").hex().encode() + b">", ("/ASCIIHexDecode", "/FlateDecode")),
        (b"not deflated at all", ("/FlateDecode",)),
        (zlib.compress(b"q Q\n" * 100)[:20], ("/FlateDecode",)),
    ],
)
def test_old_odd_and_damaged_filters_are_no_bombs(packed: bytes, filters: tuple[str, ...]) -> None:
    assert look(testing.a_pdf_drawn_from(packed, filters)) is Kind.PDF


def test_a_plan_in_black_and_white_may_be_large() -> None:
    plan = testing.a_pdf_with_picture(testing.a_jpeg(), width=18_000, height=13_000, bits=1)

    assert look(plan) is Kind.PDF


def test_scans_of_many_pages_are_taken() -> None:
    made = io.BytesIO()
    pages = [Image.new("1", (2480, 3508)) for _page in range(20)]
    pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:], compression="group4")

    assert look(made.getvalue()) is Kind.TIFF


def a_budget(limit: int = 10_000) -> Budget:
    return Budget(limit, packed=limit, ratio=limit, patience=limit)


def test_runs_are_counted_to_the_byte() -> None:
    budget = a_budget()
    count_runs(b"\x02abc" + b"\x81x" + b"\x80" + b"behind the end", budget)
    assert budget.spent == 3 + 128


def test_lzw_is_counted_to_the_byte() -> None:
    """The example of ISO 32000-2 § 7.4.4.2: nine bytes become ten."""
    budget = a_budget()
    count_lzw(bytes.fromhex("800B6050220C0C8501"), budget)
    assert budget.spent == 10


def test_a_long_lzw_stream_is_counted_as_a_reader_unpacks_it() -> None:
    made = io.BytesIO()
    Image.new("L", (1000, 700), 200).save(made, "TIFF", compression="tiff_lzw", tiffinfo={278: 700})
    with Image.open(made) as scan:
        assert isinstance(scan, TiffImageFile)
        [place], [size] = scan.tag_v2[273], scan.tag_v2[279]
    budget = a_budget(10_000_000)

    count_lzw(made.getvalue()[place : place + size], budget)

    assert budget.spent == 1000 * 700


def test_inflating_stops_at_the_budget() -> None:
    budget = a_budget(3 * 2**20)
    with pytest.raises(Bomb):
        sum(len(piece) for piece in inflated([testing.deflated_zeros(GIGABYTE)], budget))
    assert budget.spent <= 4 * 2**20
