"""The parts of a draft as a tree to walk through, and the path of each from the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import BaseModel

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import Definition, DraftView
from motcua.interfaces.console.designer import words
from motcua.interfaces.console.designer.kinds import Kind, attributes, model_at

#: parts on the first page, in the order an administrator thinks of them
CHAPTERS: Final = (
    "",
    "legal_basis",
    "cases",
    "sections",
    "papers",
    "limit",
    "limits",
    "supplement",
    "fees",
    "steps",
    "result",
    "burden",
    "asked_anyway",
    "tests",
)


ONLY_OF: Final = {"choices": "choice", "columns": "table"}  #: list of a question → the type it belongs to
PERSONAL: Final = ("full_name", "personal_id", "born_on", "phone", "email", "address")
OF_A_PARENT: Final = ("full_name", "personal_id", "born_on", "address")
KNOWN: Final = {
    "account": PERSONAL,
    "spouse": PERSONAL,
    "family": tuple(f"{parent}_{what}" for parent in ("mother", "father") for what in OF_A_PARENT),
    "organisation": ("name", "tax_code", "address"),
}  #: whose data → what the node may know of them


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list: where it stands and what it is called."""

    path: str
    name: str
    key: str
    faults: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of parts under a part."""

    path: str
    name: str
    lines: tuple[Line, ...]
    faults: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A first-level part of the definition."""

    path: str
    name: str
    count: int | None  #: items of a list; None for a single part
    faults: int


def chapters(draft: DraftView) -> list[Chapter]:
    """Return the first-level parts of a draft with how many faults stand in each."""
    found = []
    for path in CHAPTERS:
        part = draft.content.get(path) if path else None
        count = len(part) if isinstance(part, list) else 0 if is_list(path) else None
        name = words.name_of("Definition", path) if path else _("Thông tin chung")
        found.append(Chapter(path, name, count, faults_under(draft, path)))
    return found


def listings(
    draft: DraftView, path: str, model: type[BaseModel], part: Mapping[str, Any]
) -> Iterator[Listing]:
    """Yield the lists and single parts under a part; of the whole definition the chapters stand aside."""
    if model is Definition:
        return
    for each in attributes(model):
        if ONLY_OF.get(each.name) not in (None, part.get("type")) and not part.get(each.name):
            continue
        inner = f"{path}.{each.name}" if path else each.name
        if each.kind is Kind.PARTS:
            items = part.get(each.name)
            yield listing(draft, inner, words.name_of(model.__name__, each.name), items)


def singles(path: str, model: type[BaseModel]) -> list[tuple[str, str]]:
    """Return (path, name) of the parts with a page of their own that are not lists."""
    if model is Definition:
        return []
    return [
        (f"{path}.{each.name}" if path else each.name, words.name_of(model.__name__, each.name))
        for each in attributes(model)
        if each.kind is Kind.PART
    ]


def listing(draft: DraftView, path: str, name: str, items: object) -> Listing:
    """Return a list of parts as lines."""
    given = items if isinstance(items, list) else []
    lines = tuple(
        Line(f"{path}.{n}", called(item), str(item.get("key") or item.get("value") or n + 1), inside)
        for n, item in enumerate(given)
        if isinstance(item, Mapping)
        for inside in [faults_under(draft, f"{path}.{n}")]
    )
    return Listing(path, name, lines, faults_under(draft, path))


def called(item: Mapping[str, Any]) -> str:
    """Return what an item is called on screen."""
    for name in ("label", "title", "name", "message", "reason"):
        text = item.get(name)
        if isinstance(text, Mapping) and text.get("vi"):
            return str(text["vi"])
        if isinstance(text, str) and text:
            return text
    of = item.get("of") or item.get("field") or item.get("number")
    return str(of or item.get("key") or item.get("amount") or "…")


def options(draft: DraftView, path: str) -> dict[str, list[tuple[str, str]]]:
    """Return what may be chosen where a part names a question, a step, a template or a source."""
    content = draft.content
    sections = [each for each in content.get("sections") or () if isinstance(each, Mapping)]
    fields = [each for section in sections for each in section.get("fields") or ()]
    questions = [(str(each.get("key", "")), f"{called(each)} ({each.get('key', '')})") for each in fields]
    steps = [(str(each.get("key", "")), called(each)) for each in content.get("steps") or ()]
    sources = [(f"{who}.{what}", f"{who}.{what}") for who, parts in KNOWN.items() for what in parts]
    found = {"units_field": questions, "times_field": questions, "of": questions, "returns_to": steps}
    found |= {"template": [(name, name) for name in sorted(queries.result_templates())], "prefill": sources}
    return found | ({"field": questions} if path.startswith("asked_anyway") else {})


def crumbs(draft: DraftView, path: str) -> list[tuple[str, str]]:
    """Return (path, name) of everything above and including the part at ``path``."""
    found: list[tuple[str, str]] = []
    here: Any = draft.content
    steps = path.split(".") if path else []
    for n, step in enumerate(steps):
        here = (
            here[int(step)]
            if isinstance(here, list)
            else here.get(step)
            if isinstance(here, Mapping)
            else None
        )
        name = (
            called(here)
            if step.isdigit() and isinstance(here, Mapping)
            else words.name_of("Definition", step)
        )
        found.append((".".join(steps[: n + 1]), name))
    return found


def page_of(where: str) -> str:
    """Return the path of the part that has a page and holds the place ``where``; "" is the general page."""
    path = where
    while path and (model_at(path) is None or _is_single_value(path)):
        path = path.rpartition(".")[0]
    return path


def place_of(draft: DraftView, where: str) -> str:
    """Return a place in words: the names of the parts from the whole down to it."""
    try:
        names = [name for _path, name in crumbs(draft, page_of(where))]
    except (IndexError, ValueError):
        names = [where]
    return " › ".join(names) or _("Thông tin chung")


def _is_single_value(path: str) -> bool:
    parent, _dot, last = path.rpartition(".")
    model = model_at(parent)
    if model is None or last.isdigit():
        return False
    return not any(each.name == last and each.kind in {Kind.PART, Kind.PARTS} for each in attributes(model))


def faults_under(draft: DraftView, path: str) -> int:
    """Return how many faults stand at ``path`` or below; of the whole, those in no chapter."""
    if path:
        return sum(fault.where == path or fault.where.startswith(f"{path}.") for fault in draft.faults)
    return sum(fault.where.partition(".")[0] not in CHAPTERS[1:] for fault in draft.faults)


def is_list(path: str) -> bool:
    """Tell whether the grammar has a list of parts at ``path``."""
    parent, _dot, last = path.rpartition(".")
    model = model_at(parent)
    return model is not None and any(e.name == last and e.kind is Kind.PARTS for e in attributes(model))
