"""The rules of a page as data, for ``design/answers.js``: what is asked, what must be answered, what follows.

The page gets the checked trees of its own questions and of what these hang on, and of the citizen's answers
on other pages only those the rules read.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from motcua.domain.catalogue.types import CASE, CHANNEL, TODAY, Definition, FieldType, FormField, Section
from motcua.kernel.expressions import Node, as_data, names

ASPECTS: Final = ("show_when", "require_when", "compute")


class PageRules:
    """The rules that matter on a page of the questions ``here``."""

    def __init__(self, definition: Definition, here: Collection[str]) -> None:
        self._definition, self._here = definition, set(here)
        self._asked: Mapping[str, tuple[Section, FormField]] = {
            field.key: (section, field) for section in definition.sections for field in section.fields
        }

    def may_show(self, key: str) -> bool:
        """Tell whether answers on the page decide if question ``key`` is asked."""
        read = {name for rule in self._shown_by(key) for name in names(rule)}
        return bool((read | self._behind(read)) & self._here)

    def as_data(self, known: Mapping[str, object], scope: Mapping[str, object]) -> dict[str, object]:
        """Return what the page evaluates; nothing if no question of it hangs on anything."""
        ruled = {key for key in self._here if self._rules(key)}
        wanted = ruled | self._behind(ruled)
        if not ruled:
            return {}
        told = [self._told(key, known) for key in self._definition.logic.order if key in wanted]
        return {TODAY: scope[TODAY], CHANNEL: scope[CHANNEL], "questions": told}

    def _behind(self, keys: Iterable[str]) -> set[str]:
        """Return everything the rules of ``keys`` read, and the rules of that, and so on."""
        found: set[str] = set()
        open_ = list(keys)
        while open_:
            for rule in self._rules(open_.pop()):
                fresh = {name for name in names(rule) if name in self._asked or name == CASE} - found
                found |= fresh
                open_ += fresh
        return found

    def _rules(self, key: str) -> list[Node]:
        logic = self._definition.logic
        if key == CASE:
            cases = (logic.rule("case", case.key, "when") for case in self._definition.cases)
            return [rule for rule in cases if rule is not None]
        own = (logic.rule("field", key, aspect) for aspect in ASPECTS[1:])
        return [*self._shown_by(key), *(rule for rule in own if rule is not None)]

    def _shown_by(self, key: str) -> list[Node]:
        if key not in self._asked:
            return []
        logic, (section, _field) = self._definition.logic, self._asked[key]
        rules = (logic.rule("section", section.key, "show_when"), logic.rule("field", key, "show_when"))
        return [rule for rule in rules if rule is not None]

    def _told(self, key: str, known: Mapping[str, object]) -> dict[str, object]:
        logic = self._definition.logic
        if key == CASE:
            cases = [(case.key, logic.rule("case", case.key, "when")) for case in self._definition.cases]
            return {"key": CASE, "cases": [[name, as_data(rule) if rule else None] for name, rule in cases]}
        _section, field = self._asked[key]
        told = _type(field) | {"required": field.required, "show": [as_data(r) for r in self._shown_by(key)]}
        for aspect in ASPECTS[1:]:
            if rule := logic.rule("field", key, aspect):
                told[aspect] = as_data(rule)
        return told if key in self._here else told | {"answer": known.get(key)}


def _type(field: FormField) -> dict[str, object]:
    """Return what the page must know to read an answer as the server does."""
    told: dict[str, object] = {"key": field.key, "type": field.type.value}
    if field.type is FieldType.NUMBER:
        told["decimals"] = field.decimals
    if field.minimum is not None:
        told["minimum"] = field.minimum
    if field.maximum is not None:
        told["maximum"] = field.maximum
    if field.type is FieldType.TABLE:
        told["columns"] = [_type(column) for column in field.columns]
    if field.compute is not None and field.choices:
        told["labels"] = {choice.value: choice.label.model_dump() for choice in field.choices}
    return told
