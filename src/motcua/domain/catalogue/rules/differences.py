"""What differs between two definitions, part by part: parts with a key are matched by it, not by their place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.types import Definition

_MARKS: Final = ("key", "value", "number", "field", "of", "name")  #: what tells the parts of a list apart


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``where`` names parts by key: ``sections.child.fields.child_name.label.vi``."""

    where: str
    change: str  #: added, removed, changed, or moved (another order of the same parts)
    before: object = None
    after: object = None


def between(one: Definition, other: Definition) -> list[Difference]:
    """Return what ``other`` has that ``one`` has not, and the other way round."""
    before, after = (each.model_dump(mode="json", exclude_defaults=True) for each in (one, other))
    return list(_of("", before, after))


def _of(where: str, before: object, after: object) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _parts(where, before, after)
    elif (marks := _marked(before, after)) is not None:
        one, other = marks
        yield from _parts(where, one, other)
        common = [key for key in one if key in other]
        if common != [key for key in other if key in one]:
            yield Difference(where, "moved", list(one), list(other))
    else:
        yield Difference(where, "changed", before, after)


def _parts(where: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        path = f"{where}.{key}" if where else key
        if key not in after:
            yield Difference(path, "removed", before=before[key])
        elif key not in before:
            yield Difference(path, "added", after=after[key])
        else:
            yield from _of(path, before[key], after[key])


def _marked(before: object, after: object) -> tuple[dict[str, object], dict[str, object]] | None:
    """Return the parts of two lists by what tells them apart; None where nothing does."""
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    for mark in _MARKS:
        found = [_by(mark, each) for each in (before, after)]
        if found[0] is not None and found[1] is not None:
            return found[0], found[1]
    return None


def _by(mark: str, parts: list[object]) -> dict[str, object] | None:
    marks = [part.get(mark) if isinstance(part, Mapping) else None for part in parts]
    if not all(isinstance(each, str) for each in marks) or len(set(marks)) != len(marks):
        return None
    return {str(each): part for each, part in zip(marks, parts, strict=True)}
