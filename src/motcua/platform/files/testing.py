"""Files for tests, small and true to their kind; stand-ins for a bucket and a scanner."""

import io
import re
import socketserver
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID, uuid4

import pikepdf
from PIL import Image

from motcua.kernel.actors import SYSTEM, Actor
from motcua.platform.files import commands
from motcua.platform.files.types import FileView

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  #: harmless by agreement


def a_file(
    body: bytes | None = None,
    *,
    name: str = "giấy chứng sinh.pdf",
    owner: UUID | None = None,
    actor: Actor = SYSTEM,
    at: datetime = NOON,
) -> FileView:
    """Hand in a file; a PDF of one page unless told otherwise."""
    return commands.store_bytes(
        a_pdf() if body is None else body, name=name, owner=owner or uuid4(), actor=actor, at=at
    )


def a_pdf(pages: int = 1, *, password: str = "") -> bytes:
    """Return a PDF of empty A4 pages; with ``password`` it opens with that alone."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(made, encryption=encryption)
    return made.getvalue()


def a_jpeg(width: int = 32, height: int = 24) -> bytes:
    """Return a photograph of nothing."""
    return _picture("JPEG", width, height)


def a_png(width: int = 32, height: int = 24) -> bytes:
    """Return a small picture."""
    return _picture("PNG", width, height)


def a_tiff() -> bytes:
    """Return a scan of nothing."""
    return _picture("TIFF", 32, 24)


def a_webp() -> bytes:
    """Return a small picture."""
    return _picture("WEBP", 32, 24)


def a_heic(width: int = 32, height: int = 24) -> bytes:
    """Return the head of an iPhone photograph: brand and size, no picture."""
    size = b"ispe" + struct.pack(">III", 0, width, height)
    return struct.pack(">I", 20) + b"ftypheic" + bytes(4) + b"mif1" + struct.pack(">I", 20) + size + bytes(64)


def a_docx(**parts: bytes) -> bytes:
    """Return a Word document; ``parts`` are added under ``word/``, with ``_`` for the dot."""
    extra = {f"word/{name.replace('_', '.')}": body for name, body in parts.items()}
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **extra})


def a_docx_with_macros() -> bytes:
    """Return a Word document that carries a program, named as if it did not."""
    return a_docx(vbaProject_bin=b"program")


def an_xlsx() -> bytes:
    """Return a spreadsheet."""
    return _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def an_odt() -> bytes:
    """Return an OpenDocument text."""
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"})


def an_exe() -> bytes:
    """Return what starts like a Windows program."""
    return b"MZ\x90\x00" + bytes(508)


def a_zip_bomb() -> bytes:
    """Return a Word document of 0.1 MB that unpacks to 60 MB."""
    return a_docx(media_xml=bytes(60 * 2**20))


def a_crowded_zip(entries: int = 5_000) -> bytes:
    """Return a Word document with far too many parts."""
    return a_docx(**{f"part{number}": b"" for number in range(entries)})


def a_png_bomb() -> bytes:
    """Return a picture of a few bytes whose header says 100,000 × 100,000."""
    small = a_png()
    place = small.index(b"IHDR")
    header = b"IHDR" + struct.pack(">II", 100_000, 100_000) + small[place + 12 : place + 17]
    return small[:place] + header + struct.pack(">I", zlib.crc32(header)) + small[place + 21 :]


def a_zip_that_lies() -> bytes:
    """Return a Word document with a part that says it has 100 bytes and unpacks to 60 MB."""
    true, claimed = 60 * 2**20, 100
    body = a_docx(media_xml=bytes(true))
    return body.replace(struct.pack("<I", true), struct.pack("<I", claimed))


def a_docx_with_picture(picture: bytes) -> bytes:
    """Return a Word document that shows a picture."""
    return a_docx(**{"media/image1_png": picture})


def a_pdf_stream_bomb(unpacked: int = 2**30, *, filters: tuple[str, ...] = ("/FlateDecode",)) -> bytes:
    """Return a PDF whose one page is drawn from a stream that inflates to ``unpacked`` bytes; 1 MB for 1 GB."""
    return a_pdf_drawn_from(deflated_zeros(unpacked), filters)


def a_pdf_drawn_from(packed: bytes, filters: tuple[str, ...]) -> bytes:
    """Return a PDF of one page whose content is ``packed``, said to be packed by ``filters``."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        drawn = pikepdf.Stream(document, packed)
        drawn.Filter = pikepdf.Array([pikepdf.Name(name) for name in filters])
        document.pages[0].Contents = document.make_indirect(drawn)
        document.save(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return made.getvalue()


def a_pdf_with_picture(picture: bytes, *, width: int, height: int, bits: int = 8) -> bytes:
    """Return a PDF that shows a JPEG, of the size its dictionary says whatever the JPEG says."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(
            document,
            picture,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            BitsPerComponent=bits,
            ColorSpace=pikepdf.Name.DeviceGray,
            Filter=pikepdf.Name.DCTDecode,
        )
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        document.save(made, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return made.getvalue()


def a_jpeg_bomb() -> bytes:
    """Return a photograph of a few bytes whose header says 60,000 × 60,000."""
    small = a_jpeg()
    frame = small.index(b"\xff\xc0")
    return small[: frame + 5] + struct.pack(">HH", 60_000, 60_000) + small[frame + 9 :]


def a_tiff_bomb() -> bytes:
    """Return a scan whose second page is said to be 100,000 × 100,000."""
    made = io.BytesIO()
    pages = [Image.new("1", (32, 24)), Image.new("1", (33, 25))]
    pages[0].save(made, "TIFF", save_all=True, append_images=pages[1:])
    body = made.getvalue()
    for tag, size in ((0x100, 33), (0x101, 25)):
        small = struct.pack("<HHIHH", tag, 3, 1, size, 0)
        long = struct.pack("<HHII", tag, 4, 1, 100_000)
        body = body.replace(small, long).replace(struct.pack("<HHII", tag, 4, 1, size), long)
    return body


def a_pdf_bomb() -> bytes:
    """Return a PDF of 0.2 MB whose object table unpacks to 200 MB."""
    packed = deflated_zeros(200 * 2**20)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(
        packed
    )
    return head + packed + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def deflated_zeros(size: int) -> bytes:
    """Return ``size`` zero bytes, whole MiB, deflated; made from one MiB repeated, so in no time (RFC 1950)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.flush()
    checksum = (size % 65_521) << 16 | 1
    return b"\x78\xda" + piece * (size // 2**20) + last + struct.pack(">I", checksum)


@contextmanager
def a_bucket() -> Iterator[str]:
    """Serve an S3 look-alike from memory on a free port; yield its address. Speaks PUT, GET, HEAD, DELETE."""
    handler = type("Bucket", (_Bucket,), {"objects": {}})
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as (host, port):
        yield f"http://{host}:{port}"


@contextmanager
def a_clamd() -> Iterator[str]:
    """Serve a look-alike of ClamAV's daemon that knows EICAR; yield its ``host:port``."""
    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd)) as (host, port):
        yield f"{host}:{port}"


class _Bucket(BaseHTTPRequestHandler):
    objects: dict[str, bytes]
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.objects[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def do_DELETE(self) -> None:
        self.objects.pop(self.path, None)
        self._answer(204)

    def log_message(self, format: str, *args: object) -> None:
        """Keep silent."""

    def _send(self, *, with_body: bool) -> None:
        found = self.objects.get(self.path)
        if found is None:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>" if with_body else b"")
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if asked:
            return self._answer(206, found[int(asked[1]) : int(asked[2]) + 1])
        return self._answer(200, found if with_body else b"", size=len(found))

    def _answer(self, status: int, body: bytes = b"", *, size: int | None = None) -> None:
        self.send_response(status)
        if status != 204:  # noqa: PLR2004 - RFC 9110: no content, no length
            self.send_header("Content-Length", str(len(body) if size is None else size))
        self.end_headers()
        self.wfile.write(body)


class _Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        body = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            body += self.rfile.read(length)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in body else b"stream: OK\0")


@contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[tuple[str, int]]:
    server.daemon_threads = True  # type: ignore[attr-defined]  # both servers mix it in
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            host, port = server.server_address[:2]
            yield str(host), int(port)
        finally:
            server.shutdown()
            thread.join()


def _picture(format_: str, width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, format_)
    return made.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, body in parts.items():
            container.writestr(name, body)
    return made.getvalue()
