"""Bytes to a tree: everything the field sends, nothing that is dangerous, in memory that does not grow.

Expat runs without namespaces, because the vendor's own sample uses prefixes outside their scope; prefixes are
followed here only to say so. A document type declaration ends the reading before anything in it counts, so
there are no entities to expand. Attachments are decoded as they pass and never held.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Never
from xml.parsers import expat

from motcua.domain.exchange.rules.payload import Keep, PayloadDecoder, keep_nothing
from motcua.domain.exchange.rules.shape import NAMESPACE, PREFIX
from motcua.domain.exchange.types import Content, Danger, Element, Finding, Oddity, PackageRefused

PROLOG: Final = "prolog"  #: names the place before any element is open
PAYLOAD: Final = "ContentTransferEncoded"
ENVELOPE: Final = "edXMLEnvelope"
_HOLDERS: Final = ["AttachmentEncoded", "Attachment"]  #: between the root and a payload
SIGNATURES: Final = frozenset({"Signature", "DigitalSignature"})
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00", b"\x00<", b"<\x00")
_ENCODINGS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_SHOWN: Final = 80  #: characters of what was found


@dataclass(frozen=True, slots=True)
class Limits:
    """What one package may ask of the reader. The defaults let 500 MB of attachments and 10,000 recipients in."""

    bytes: int = 768 << 20
    prolog: int = 64 << 10  #: bytes in which the document must have begun
    depth: int = 64
    elements: int = 250_000
    attributes: int = 32  #: of one element
    attribute: int = 8 << 10  #: characters of one
    text: int = 1 << 20  #: characters of one element that is no payload
    all_text: int = 32 << 20
    token: int = 4 << 20  #: bytes that end no tag, comment or text
    attachments: int = 1_000


@dataclass(frozen=True, slots=True)
class SignatureSpot:
    """Where something called a signature stands."""

    at: str
    namespace: str  #: empty if the prefix is not declared
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    root: Element
    oddities: tuple[Finding, ...]
    signatures: tuple[SignatureSpot, ...]
    begins_at: int  #: bytes before the XML itself: mark and junk
    size_bytes: int


@dataclass(slots=True)
class _Open:
    """An element not closed yet."""

    name: str
    path: str
    namespaces: dict[str, str]
    namespace: str
    attributes: tuple[tuple[str, str], ...]
    texts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    payload: PayloadDecoder | None = None


def scan(chunks: Iterable[bytes], *, keep: Keep = keep_nothing, limits: Limits | None = None) -> Scanned:
    """Return the tree of the package. Raises PackageRefused, naming the danger and the element."""
    return _Scanner(keep, limits or Limits()).run(chunks)


class _Scanner:
    def __init__(self, keep: Keep, limits: Limits) -> None:
        self._keep = keep
        self._limits = limits
        self._oddities: list[Finding] = []
        self._said: set[tuple[Oddity, str]] = set()
        self._signatures: list[SignatureSpot] = []
        self._open: list[_Open] = []
        self._root: Element | None = None
        self._elements = self._characters = self._taken = self._begins_at = 0
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.buffer_size = 64 << 10
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def run(self, chunks: Iterable[bytes]) -> Scanned:
        fed = 0
        try:
            for chunk in self._xml_of(chunks):
                self._parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - self._parser.CurrentByteIndex > self._limits.token:
                    self._refuse(Danger.TEXT_TOO_LONG, most=self._limits.token)
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            self._refuse(
                Danger.MALFORMED,
                line=fault.lineno,
                column=fault.offset,
                problem=expat.ErrorString(fault.code),
            )
        if self._root is None:
            self._refuse(Danger.MALFORMED)
        return Scanned(
            self._root, tuple(self._oddities), tuple(self._signatures), self._begins_at, self._taken
        )

    # the way in

    def _xml_of(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the bytes from where the XML begins, counting all."""
        head, has_begun = b"", False
        for chunk in chunks:
            self._taken += len(chunk)
            if self._taken > self._limits.bytes:
                self._refuse(Danger.TOO_LARGE, most=self._limits.bytes)
            if has_begun:
                yield chunk
                continue
            head += chunk
            if len(head) >= self._limits.prolog:
                yield self._without_junk(head)
                head, has_begun = b"", True
        if not has_begun:
            yield self._without_junk(head)

    def _without_junk(self, head: bytes) -> bytes:
        if head.startswith(_OTHER_MARKS):
            self._refuse(Danger.ENCODING, problem="UTF-16")
        if head.startswith(_BYTE_ORDER_MARK):
            self._odd(Oddity.BYTE_ORDER_MARK)
            self._begins_at = len(_BYTE_ORDER_MARK)
        begins = head.find(b"<?xml", self._begins_at)
        if begins < 0:
            begins = head.find(b"<", self._begins_at)
        if begins < 0:
            self._refuse(Danger.NOT_EDXML)
        if junk := head[self._begins_at : begins]:
            self._odd(Oddity.JUNK_BEFORE_PROLOG, found=repr(junk[:_SHOWN])[2:-1])
        self._begins_at = begins
        return head[begins:]

    # what expat tells

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "").lower() not in _ENCODINGS:
            self._refuse(Danger.ENCODING, problem=encoding)

    def _doctype(self, name: str, *_rest: object) -> None:
        self._refuse(Danger.DOCTYPE, name=name[:_SHOWN])

    def _instruction(self, target: str, _data: str) -> None:
        self._odd(Oddity.PROCESSING_INSTRUCTION, found=target)

    def _start(self, tag: str, written: dict[str, str]) -> None:
        self._count(written)
        name, prefix = _parted(tag)
        above = self._open[-1] if self._open else None
        namespaces = _declared(written, above.namespaces if above else {})
        element = _Open(
            name,
            self._path_of(name, above),
            namespaces,
            namespaces.get(prefix, ""),
            tuple((key, value) for key, value in written.items() if not _declares(key)),
        )
        if above is not None and above.payload is not None:
            above.payload.spoil()
        self._open.append(element)
        self._look_at_prefixes(element, prefix)
        if name == PAYLOAD and [each.name for each in self._open[1:-1]] == _HOLDERS:
            element.payload = self._next_payload()

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if element.payload is not None:
            element.payload.feed(text)
            return
        element.characters += len(text)
        self._characters += len(text)
        if element.characters > self._limits.text or self._characters > self._limits.all_text:
            self._refuse(Danger.TEXT_TOO_LONG, most=self._limits.text)
        element.texts.append(text)

    def _end(self, _tag: str) -> None:
        closing = self._open.pop()
        content: Content | None = closing.payload.finish() if closing.payload else None
        text = "".join(closing.texts).strip()
        if text and closing.children:
            self._odd(Oddity.STRAY_TEXT, closing.path, text)
        element = Element(closing.name, text, tuple(closing.children), closing.attributes, content)
        if closing.name in SIGNATURES:
            is_empty = not element.text and not element.children
            self._signatures.append(SignatureSpot(closing.path, closing.namespace, is_empty))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element

    # helpers

    def _count(self, written: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > self._limits.elements:
            self._refuse(Danger.TOO_MANY_ELEMENTS, most=self._limits.elements)
        if len(self._open) >= self._limits.depth:
            self._refuse(Danger.TOO_DEEP, most=self._limits.depth)
        if len(written) > self._limits.attributes:
            self._refuse(Danger.TOO_MANY_ATTRIBUTES, most=self._limits.attributes)
        if any(len(key) + len(value) > self._limits.attribute for key, value in written.items()):
            self._refuse(Danger.TEXT_TOO_LONG, most=self._limits.attribute)

    def _next_payload(self) -> PayloadDecoder:
        """Return a decoder numbered like the attachment it belongs to."""
        _root, encoded, attachment, _payload = self._open
        if attachment.seen[PAYLOAD] > 1:
            self._refuse(Danger.REPEATED)
        number = encoded.seen["Attachment"]
        if number > self._limits.attachments:
            self._refuse(Danger.TOO_MANY_ATTACHMENTS, most=self._limits.attachments)
        return PayloadDecoder(number - 1, self._keep)

    def _path_of(self, name: str, above: _Open | None) -> str:
        if above is None:
            return name
        nth = above.seen[name] = above.seen.get(name, 0) + 1
        return f"{above.path}/{name}" + (f"[{nth}]" if nth > 1 else "")

    def _look_at_prefixes(self, element: _Open, prefix: str) -> None:
        prefixes = [prefix] + [_parted(key)[1] for key, _ in element.attributes]
        for each in prefixes:
            if each and each != "xml" and each not in element.namespaces:
                self._odd_once(Oddity.UNDECLARED_PREFIX, element.path, each)
        if element.name == ENVELOPE:
            if not prefix:
                self._odd_once(Oddity.NO_PREFIX, element.path)
            elif prefix != PREFIX:
                self._odd_once(Oddity.OTHER_PREFIX, element.path, prefix)
            if element.namespace != NAMESPACE:
                self._odd_once(Oddity.OTHER_NAMESPACE, element.path, element.namespace)

    def _odd(self, code: Oddity, at: str = "", found: str = "") -> None:
        self._oddities.append(Finding(code, at, found[:_SHOWN]))

    def _odd_once(self, code: Oddity, at: str, found: str = "") -> None:
        if (code, found) not in self._said:
            self._said.add((code, found))
            self._odd(code, at, found)

    def _refuse(self, danger: Danger, **facts: object) -> Never:
        raise PackageRefused(danger, self._open[-1].path if self._open else PROLOG, **facts)


def _parted(tag: str) -> tuple[str, str]:
    """Return the local name and the prefix."""
    prefix, colon, name = tag.rpartition(":")
    return (name, prefix) if colon else (tag, "")


def _declares(key: str) -> bool:
    return key == "xmlns" or key.startswith("xmlns:")


def _declared(written: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """Return the namespaces in force: those above and those this element declares."""
    here = {key.partition(":")[2]: value for key, value in written.items() if _declares(key)}
    return above | here if here else above
