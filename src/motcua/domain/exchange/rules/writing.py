"""Model to bytes, as the oldest parsers in the field want them: literal prefix, the vendor builder's order.

Everything in the envelope carries the prefix ``edXML:``, declared on the envelope; ``AttachmentEncoded`` carries
none but for its payloads, which declare it again. Empty values are not written, every ``cid:`` as it is in the
model. Attachments are streamed: nothing larger than one piece is held.
"""

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, cast
from xml.sax.saxutils import escape, quoteattr

from motcua.domain.exchange.rules import shape, values
from motcua.domain.exchange.rules.scanning import ENVELOPE, PAYLOAD
from motcua.domain.exchange.rules.shape import NAMESPACE, PREFIX, Field, Leaf, Shape
from motcua.domain.exchange.types import Content, DocumentHeader, Element, NotWritable, Package

#: Yields the bytes of attachment number so-and-so, as they are to be sent (packed, where packed).
Payloads = Callable[[int], Iterable[bytes]]

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRITTEN: Final[dict[Leaf, Callable[[Any], str]]] = {
    Leaf.TEXT: str,
    Leaf.COUNT: values.written_count,
    Leaf.DAY: values.written_day,
    Leaf.MOMENT: values.written_moment,
    Leaf.FLAG: values.written_flag,
}
_PIECE: Final = 48 << 10  #: bytes encoded at a time, a multiple of three


def no_payloads(_number: int) -> Iterable[bytes]:
    """Send no bytes: for status messages and packages without attachments."""
    return ()


def write(package: Package, payloads: Payloads = no_payloads) -> Iterator[bytes]:
    """Yield the package as UTF-8 XML, piece by piece. Raises NotWritable before anything is yielded.

    The signature of a package that was read is not written again: it belongs to the bytes it was made over.
    """
    tree = _Builder(package).root()
    _refuse_unwritable(tree)
    return _pieces(tree, package, payloads)


def _pieces(tree: Element, package: Package, payloads: Payloads) -> Iterator[bytes]:
    numbers = (number for number, each in enumerate(package.attachments) if each.content is not None)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from _serialised(tree, "", lambda: payloads(next(numbers)))


class _Builder:
    """Turns the model into a tree, putting extras and marks back where they were."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._extras: dict[str, list[Element]] = {}
        for extra in package.extras:
            self._extras.setdefault(extra.at, []).append(extra.element)
        self._marks: dict[str, list[tuple[str, str]]] = {}
        for mark in package.marks:
            self._marks.setdefault(mark.at, []).append((mark.name, mark.value))

    def root(self) -> Element:
        at = "edXML"
        children = [self._envelope(f"{at}/{ENVELOPE}")]
        if self._package.attachments or self._is_mentioned(f"{at}/AttachmentEncoded"):
            children.append(self._attachments(f"{at}/AttachmentEncoded"))
        return self._element(at, children)

    def _envelope(self, at: str) -> Element:
        children = [self._header(f"{at}/edXMLHeader")]
        if self._package.manifest is not None or self._is_mentioned(f"{at}/edXMLBody"):
            children.append(self._body(f"{at}/edXMLBody"))
        return self._element(at, children)

    def _header(self, at: str) -> Element:
        header = self._package.header
        table = shape.DOCUMENT_HEADER if isinstance(header, DocumentHeader) else shape.STATUS_HEADER
        children = [self._record(table, header, f"{at}/MessageHeader")]
        if self._package.trace is not None:
            children.append(self._record(shape.TRACE, self._package.trace, f"{at}/TraceHeaderList"))
        return self._element(at, children)

    def _body(self, at: str) -> Element:
        if self._package.manifest is None:
            return self._element(at, [])
        inner = f"{at}/edXMLManifest"
        kept = self._marks.get(inner, [])
        if not any(name == "version" for name, _ in kept):
            self._marks[inner] = [shape.MANIFEST_VERSION, *kept]
        lines = [
            self._record(shape.REFERENCE, line, _nth(f"{inner}/Reference", n))
            for n, line in enumerate(self._package.manifest, 1)
        ]
        return self._element(at, [self._element(inner, lines)])

    def _attachments(self, at: str) -> Element:
        return self._element(
            at,
            [
                self._record(shape.ATTACHMENT, each, _nth(f"{at}/Attachment", n))
                for n, each in enumerate(self._package.attachments, 1)
            ],
        )

    def _record(self, table: Shape, record: object, at: str) -> Element:
        children: list[Element] = []
        for wanted in table.fields:
            children += self._field(wanted, getattr(record, wanted.attribute), at)
        return self._element(at, children)

    def _field(self, wanted: Field, value: object, at: str) -> list[Element]:
        if wanted.inside:
            inner = f"{at}/{wanted.inside}"
            if not value and not self._is_mentioned(inner):
                return []
            return [self._element(inner, self._each(wanted, _many(value), inner))]
        return self._each(wanted, _many(value) if wanted.many else [value], at)

    def _each(self, wanted: Field, found: Iterable[object], at: str) -> list[Element]:
        elements = []
        for n, value in enumerate(found, 1):
            here = _nth(f"{at}/{wanted.element}", n)
            if value is None or value == "":
                if self._is_mentioned(here):
                    elements.append(self._element(here, []))
            elif isinstance(wanted.kind, Shape):
                elements.append(self._record(wanted.kind, value, here))
            elif wanted.kind is Leaf.PAYLOAD:
                elements.append(replace(self._element(here, []), content=cast("Content", value)))
            else:
                elements.append(self._element(here, [], _WRITTEN[wanted.kind](value)))
        return elements

    def _element(self, at: str, children: list[Element], text: str = "") -> Element:
        marks = tuple(self._marks.get(at, ()))
        return Element(_local(at), text, (*children, *self._extras.get(at, ())), marks)

    def _is_mentioned(self, at: str) -> bool:
        below = f"{at}/"
        return any(path == at or path.startswith(below) for path in (*self._extras, *self._marks))


def _refuse_unwritable(element: Element, at: str = "") -> None:
    here = f"{at}/{element.name}"
    written = [element.text, *(value for _, value in element.attributes)]
    if any(_NOT_XML.search(each) for each in written):
        raise NotWritable(element=here)
    for child in element.children:
        _refuse_unwritable(child, here)


def _serialised(
    element: Element, prefix: str, next_payload: Callable[[], Iterable[bytes]]
) -> Iterator[bytes]:
    prefix, declared = _prefix_of(element, prefix)
    tag = f"{prefix}{element.name}"
    attributes = declared + "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes)
    if not (element.text or element.children or element.content):
        yield f"<{tag}{attributes}/>".encode()
        return
    yield f"<{tag}{attributes}>{escape(element.text, {chr(13): '&#13;'})}".encode()
    if element.content is not None:
        yield from _encoded(next_payload())
    for child in element.children:
        yield from _serialised(child, prefix, next_payload)
    yield f"</{tag}>".encode()


def _prefix_of(element: Element, above: str) -> tuple[str, str]:
    """Return the prefix of an element and the declarations it makes."""
    literal = f"{PREFIX}:"
    linked = any(name.startswith("xlink:") for name, _ in element.attributes)
    xlink = ' xmlns:xlink="http://www.w3.org/1999/xlink"' if linked else ""
    if element.name == "edXML":
        return "", f' xmlns="{NAMESPACE}"{xlink}'
    if element.name in {ENVELOPE, PAYLOAD}:
        return literal, f' xmlns:{PREFIX}="{NAMESPACE}"{xlink}'
    return above, xlink


def _encoded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        rest += piece
        while len(rest) >= _PIECE:
            yield base64.b64encode(rest[:_PIECE])
            rest = rest[_PIECE:]
    yield base64.b64encode(rest)


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _local(at: str) -> str:
    return at.rpartition("/")[2].partition("[")[0]


def _nth(path: str, n: int) -> str:
    return f"{path}[{n}]" if n > 1 else path
