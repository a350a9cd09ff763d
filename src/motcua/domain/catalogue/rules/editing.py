"""Change one part of a definition in the making, by the path it stands at ("sections.0.fields.2").

The content is plain data of the present format, perhaps not yet complete. Every function returns new content and
leaves the old one as it was.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final, TypeAlias

from motcua.domain.catalogue.types import NoSuchPart

Content = Mapping[str, Any]
Data: TypeAlias = Any  #: plain data of any shape
RULES: Final = frozenset({"show_when", "require_when", "compute", "when", "formula", "rule"})
KEYS: Final = frozenset({"of", "field", "units_field", "times_field"})  #: parts that name a question


def part(content: Content, path: str) -> Data:
    """Return what stands at ``path``; the whole for "". Raises NoSuchPart."""
    here: Data = content
    for step in _steps(path):
        here = _inside(here, step, path)
    return here


def replaced(content: Content, path: str, value: object) -> dict[str, Any]:
    """Return the content with ``value`` at ``path``; None takes a named part away. Raises NoSuchPart."""

    def put(holder: Data, step: str) -> None:
        if isinstance(holder, list):
            _inside(holder, step, path)
            holder[int(step)] = value
        elif value is None:
            holder.pop(step, None)
        else:
            holder[step] = value

    return _changed(content, path, put)


def added(content: Content, path: str, item: object) -> dict[str, Any]:
    """Return the content with ``item`` at the end of the list at ``path``, which may not be there yet."""

    def put(holder: Data, step: str) -> None:
        if isinstance(holder, dict):
            holder.setdefault(step, [])
        there = _inside(holder, step, path)
        if not isinstance(there, list):
            raise NoSuchPart(path=path)
        there.append(item)

    return _changed(content, path, put)


def removed(content: Content, path: str) -> dict[str, Any]:
    """Return the content without the item or part at ``path``. Raises NoSuchPart."""

    def take(holder: Data, step: str) -> None:
        _inside(holder, step, path)
        del holder[int(step) if isinstance(holder, list) else step]

    return _changed(content, path, take)


def moved(content: Content, path: str, by: int) -> dict[str, Any]:
    """Return the content with the item at ``path`` moved ``by`` places in its list; at the end it stays."""

    def shift(holder: Data, step: str) -> None:
        item = _inside(holder, step, path)
        if not isinstance(holder, list):
            raise NoSuchPart(path=path)
        there = max(0, min(len(holder) - 1, int(step) + by))
        holder.pop(int(step))
        holder.insert(there, item)

    return _changed(content, path, shift)


def renamed(content: Content, old: str, new: str) -> dict[str, Any]:
    """Return the content with question ``old`` called ``new`` everywhere: in rules, facts, fees and test cases."""
    word = re.compile(rf"(?<![\w.\"']){re.escape(old)}(?![\w\"'])")
    place = re.compile(rf"\{{{re.escape(old)}\}}")
    return {**_renamed(content, old, new, word, place)}


def _renamed(here: Data, old: str, new: str, word: re.Pattern[str], place: re.Pattern[str]) -> Data:
    if isinstance(here, list | tuple):
        return [_renamed(each, old, new, word, place) for each in here]
    if not isinstance(here, Mapping):
        return place.sub(f"{{{new}}}", here) if isinstance(here, str) else here
    changed: dict[str, Any] = {}
    for name, value in here.items():
        if name in RULES and isinstance(value, str):
            changed[name] = word.sub(new, value)
        elif (name in KEYS and value == old) or (name == "key" and value == old and "type" in here):
            changed[name] = new
        elif name in {"answers", "faults"} and isinstance(value, Mapping):
            changed[name] = {new if key == old else key: each for key, each in value.items()}
        else:
            changed[name] = _renamed(value, old, new, word, place)
    return changed


def _steps(path: str) -> list[str]:
    return path.split(".") if path else []


def _inside(holder: Data, step: str, path: str) -> Data:
    try:
        return holder[int(step)] if isinstance(holder, list) and step.isdigit() else holder[step]
    except (KeyError, IndexError, TypeError) as error:
        raise NoSuchPart(path=path) from error


def _changed(content: Content, path: str, change: Callable[[Any, str], None]) -> dict[str, Any]:
    new: dict[str, Any] = deepcopy(dict(content))
    *outer, last = _steps(path) or [""]
    here: Data = new
    for step in outer:
        here = _inside(here, step, path)
    if not last or not isinstance(here, dict | list):
        raise NoSuchPart(path=path)
    change(here, last)
    return new
