"""Tree to model. Order is not significant, both spellings count, nothing is lost: what has no field is kept.

The table in ``shape.py`` says which element becomes which field; this file only walks it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, cast

from motcua.domain.exchange.rules import shape, values
from motcua.domain.exchange.rules.payload import Keep, keep_nothing
from motcua.domain.exchange.rules.scanning import ENVELOPE, SIGNATURES, Limits, Scanned, scan
from motcua.domain.exchange.rules.shape import Field, Leaf, Shape
from motcua.domain.exchange.types import (
    Attachment,
    Danger,
    DocumentHeader,
    Element,
    Extra,
    Finding,
    Mark,
    Oddity,
    Package,
    PackageRefused,
    Reference,
    StatusHeader,
    Trace,
)

ROOT: Final = "edXML"
_SHOWN: Final = 80
_NOT_UNDERSTOOD: Final = {
    Leaf.COUNT: Oddity.NOT_A_NUMBER,
    Leaf.DAY: Oddity.NOT_A_DATE,
    Leaf.MOMENT: Oddity.NOT_A_DATE,
    Leaf.FLAG: Oddity.NOT_A_FLAG,
}


@dataclass(frozen=True, slots=True)
class Read:
    package: Package
    oddities: tuple[Finding, ...]
    scanned: Scanned


def read(chunks: Iterable[bytes], *, keep: Keep = keep_nothing, limits: Limits | None = None) -> Read:
    """Return the package in these bytes, and what was odd about it. Raises PackageRefused.

    ``keep`` receives the decoded attachments piece by piece, by their number in the package.
    """
    scanned = scan(chunks, keep=keep, limits=limits)
    reader = _Reader()
    package = reader.package(scanned.root)
    return Read(package, (*scanned.oddities, *reader.oddities), scanned)


@dataclass(slots=True)
class _Reader:
    oddities: list[Finding] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def package(self, root: Element) -> Package:
        if root.name == ENVELOPE:
            self._odd(Oddity.ENVELOPE_IS_ROOT, root.name)
            root = Element(ROOT, children=(root,))
        if root.name != ROOT:
            raise PackageRefused(Danger.NOT_EDXML, root.name, expected=ROOT)
        self._keep_marks(root, ROOT)
        envelope = self._needed(root, ENVELOPE, ROOT, Danger.NO_ENVELOPE)
        encoded = self._only(root, "AttachmentEncoded", ROOT)
        self._keep_others(root, ROOT, {ENVELOPE, "AttachmentEncoded", *SIGNATURES})

        at = f"{ROOT}/{ENVELOPE}"
        self._keep_marks(envelope, at)
        header = self._needed(envelope, "edXMLHeader", at, Danger.NO_HEADER)
        body = self._only(envelope, "edXMLBody", at)
        self._keep_others(envelope, at, {"edXMLHeader", "edXMLBody", *SIGNATURES})

        message, trace = self._header(header, f"{at}/edXMLHeader")
        return Package(
            header=message,
            trace=trace,
            manifest=self._manifest(body, f"{at}/edXMLBody"),
            attachments=self._attachments(encoded, f"{ROOT}/AttachmentEncoded"),
            extras=tuple(self.extras),
            marks=tuple(self.marks),
        )

    def _header(self, header: Element, at: str) -> tuple[DocumentHeader | StatusHeader, Trace | None]:
        self._keep_marks(header, at)
        message = self._needed(header, "MessageHeader", at, Danger.NO_HEADER)
        listed = self._only(header, "TraceHeaderList", at)
        self._keep_others(header, at, {"MessageHeader", "TraceHeaderList", *SIGNATURES})
        table = shape.STATUS_HEADER if message.child("StatusCode") else shape.DOCUMENT_HEADER
        trace = self._record(shape.TRACE, listed, f"{at}/TraceHeaderList") if listed else None
        return (
            cast("DocumentHeader | StatusHeader", self._record(table, message, f"{at}/MessageHeader")),
            cast("Trace | None", trace),
        )

    def _manifest(self, body: Element | None, at: str) -> tuple[Reference, ...] | None:
        if body is None:
            return None
        self._keep_marks(body, at)
        manifest = self._only(body, "edXMLManifest", at)
        self._keep_others(body, at, {"edXMLManifest"})
        if manifest is None:
            return None
        found = self._records(shape.REFERENCE, manifest, f"{at}/edXMLManifest", "Reference")
        return cast("tuple[Reference, ...]", found)

    def _attachments(self, encoded: Element | None, at: str) -> tuple[Attachment, ...]:
        if encoded is None:
            return ()
        return cast("tuple[Attachment, ...]", self._records(shape.ATTACHMENT, encoded, at, "Attachment"))

    # walking the table

    def _records(self, table: Shape, above: Element, at: str, name: str) -> tuple[object, ...]:
        self._keep_marks(above, at)
        self._keep_others(above, at, {name})
        same = [child for child in above.children if child.name == name]
        return tuple(self._record(table, child, _nth(f"{at}/{name}", n)) for n, child in enumerate(same, 1))

    def _record(self, table: Shape, element: Element, at: str) -> object:
        self._keep_marks(element, at)
        found = _Found(table)
        counts: dict[str, int] = {}
        for child in element.children:
            name = self._spelt(child.name, at)
            counts[name] = counts.get(name, 0) + 1
            here = _nth(f"{at}/{name}", counts[name])
            if wanted := found.fields.get(name):
                self._take(found, wanted, child, here, extra_at=at)
            elif name in found.wrappers:
                self._unwrap(found, name, child, here)
            else:
                self._keep_extra(child, at)
        if found.is_out_of_order:
            self._odd(Oddity.OTHER_ORDER, at)
        return table.of(**found.values)

    def _unwrap(self, found: "_Found", name: str, wrapper: Element, at: str) -> None:
        self._keep_marks(wrapper, at)
        wanted = found.wrappers[name]
        found.place(wanted)
        counts = 0
        for child in wrapper.children:
            if child.name != wanted.element:
                self._keep_extra(child, at)
                continue
            counts += 1
            self._take(found, wanted, child, _nth(f"{at}/{child.name}", counts), extra_at=at)

    def _take(self, found: "_Found", wanted: Field, child: Element, at: str, *, extra_at: str) -> None:
        found.place(wanted)
        if child.is_empty:
            if wanted.kind is not Leaf.PAYLOAD:  # an attachment without bytes is a fault, said elsewhere
                self._odd(Oddity.EMPTY_ELEMENT, at)
            return
        if not wanted.many and wanted.attribute in found.values:
            self._odd(Oddity.REPEATED_ELEMENT, at)
            self.extras.append(Extra(extra_at, child))
            return
        value = self._value(wanted, child, at)
        if wanted.many:
            found.values[wanted.attribute] = (*found.values.get(wanted.attribute, ()), value)
        elif value is not None:
            found.values[wanted.attribute] = value

    def _value(self, wanted: Field, child: Element, at: str) -> object:
        if isinstance(wanted.kind, Shape):
            return self._record(wanted.kind, child, at)
        self._keep_marks(child, at)
        self._keep_others(child, at, set())
        if wanted.kind is Leaf.PAYLOAD:
            return child.content
        value = _understood(wanted.kind, child.text)
        if wanted.kind is not Leaf.TEXT:
            self._judge_spelling(wanted.kind, value, child.text, at)
        if wanted.most and len(child.text) > wanted.most:
            self._odd(Oddity.LONG_TEXT, at, str(len(child.text)))
        return value

    def _judge_spelling(self, kind: Leaf, value: object, text: str, at: str) -> None:
        if isinstance(value, str):
            self._odd(_NOT_UNDERSTOOD[kind], at, text)
        elif kind in {Leaf.DAY, Leaf.MOMENT} and text != _spelt_out(value):
            self._odd(Oddity.DATE_FORM, at, text)

    # what is left over

    def _spelt(self, name: str, at: str) -> str:
        usual = shape.OTHER_SPELLINGS.get(name)
        if usual:
            self._odd(Oddity.OTHER_SPELLING, at, name)
        return usual or name

    def _needed(self, above: Element, name: str, at: str, danger: Danger) -> Element:
        found = self._only(above, name, at)
        if found is None:
            raise PackageRefused(danger, at, expected=name)
        return found

    def _only(self, above: Element, name: str, at: str) -> Element | None:
        """Return the one child of that name; two would let each reader believe another."""
        same = [child for child in above.children if child.name == name]
        if len(same) > 1:
            raise PackageRefused(Danger.REPEATED, f"{at}/{name}[2]")
        return same[0] if same else None

    def _keep_others(self, element: Element, at: str, known: set[str]) -> None:
        for child in element.children:
            if child.name not in known:
                self._keep_extra(child, at)

    def _keep_extra(self, child: Element, at: str) -> None:
        self._odd(Oddity.UNKNOWN_ELEMENT, at, child.name)
        self.extras.append(Extra(at, child))

    def _keep_marks(self, element: Element, at: str) -> None:
        for name, value in element.attributes:
            if element.name != "edXMLManifest" or (name, value) != shape.MANIFEST_VERSION:
                self.marks.append(Mark(at, name, value))

    def _odd(self, code: Oddity, at: str, found: str = "") -> None:
        self.oddities.append(Finding(code, at, found[:_SHOWN]))


class _Found:
    """The fields of one record as they turn up."""

    def __init__(self, table: Shape) -> None:
        self.fields = {each.element: each for each in table.fields if not each.inside}
        self.wrappers = {each.inside: each for each in table.fields if each.inside}
        self.values: dict[str, Any] = {}
        self.is_out_of_order = False
        self._rows = {each.attribute: row for row, each in enumerate(table.fields)}
        self._last = 0

    def place(self, wanted: Field) -> None:
        """Note whether the element stands where the vendor's builder would put it."""
        row = self._rows[wanted.attribute]
        self.is_out_of_order |= row < self._last
        self._last = max(row, self._last)


def _understood(kind: Leaf, text: str) -> object:
    match kind:
        case Leaf.COUNT:
            return values.read_count(text)
        case Leaf.DAY:
            return values.read_day(text)
        case Leaf.MOMENT:
            return values.read_moment(text)
        case Leaf.FLAG:
            return values.read_flag(text)
        case _:
            return text


def _spelt_out(value: object) -> str:
    if isinstance(value, datetime):
        return values.written_moment(value)
    return values.written_day(value) if isinstance(value, date) else ""


def _nth(path: str, n: int) -> str:
    return f"{path}[{n}]" if n > 1 else path
