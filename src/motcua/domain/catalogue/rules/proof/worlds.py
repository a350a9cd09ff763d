"""The search for answers that show something: a witness of a goal, or the certainty that there is none.

A *world* is one way to fill in as much of a form as a goal reads: the questions it names, those their own rules
name, and so on. Worlds are built question by question in the order rules are evaluated in; a branch is given up
as soon as a check or a part of the goal fails. Where the rules only compare, the representatives of ``values``
stand for all answers, and a goal that no world reaches is impossible. Where the rules count, or there are more
worlds than the budget, a guided walk is tried as well (``walks``), and the search is called bounded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from motcua.domain.catalogue.rules.proof import plainness, values
from motcua.domain.catalogue.types import CASE, CHANNEL, TODAY, Definition, FieldType, FormField
from motcua.kernel.expressions import Node, NoValue, holds, names, value
from motcua.kernel.expressions.trees import Binary, Items, Literal, Logic, Name

Scope = dict[str, object]


@dataclass(frozen=True)
class Goal:
    """What a world must do: every rule in ``true`` holds, and none in ``untrue`` does."""

    true: tuple[Node, ...] = ()
    untrue: tuple[Node, ...] = ()
    about: tuple[Node, ...] = ()  #: rules that may turn out either way, but are looked at
    reads: frozenset[str] = frozenset()  #: questions to answer though no rule here names them
    without: tuple[str, str] = ("", "")  #: (question, aspect) of a check that is not looked at
    full: bool = False  #: also with the largest tables there may be

    @cached_property
    def names(self) -> frozenset[str]:
        return self.reads.union(*(names(node) for node in self.rules))

    @property
    def rules(self) -> tuple[Node, ...]:
        return (*self.true, *self.untrue, *self.about)


@dataclass(frozen=True, slots=True)
class Demand:
    """What must be so as soon as everything it reads is answered."""

    node: Node
    wanted: bool
    of: str = ""  #: the question whose check this is; where it is not answered, nothing is demanded

    def stands(self, scope: Mapping[str, object]) -> bool:
        if self.of:
            return self.of not in scope or not _is_false(self.node, scope)
        return holds(self.node, scope) is self.wanted


class Room:
    """The part of a form one goal reads: its questions in order, their answers, what must be so when."""

    def __init__(self, definition: Definition, goal: Goal, keys: frozenset[str]) -> None:
        self.definition, self.goal = definition, goal
        logic = definition.logic
        self.order = [key for key in (TODAY, CHANNEL, *logic.order) if key in keys]
        self.today = definition.valid_from
        self._questions = {f.key: (s, f) for s in definition.sections for f in s.fields if f.key in keys}
        self.rules = [*goal.rules, *self._own_rules()]
        self.options = {key: self._answers(key) for key in self.order}
        self.due = self._demands()

    @cached_property
    def is_plain(self) -> bool:
        """Return whether the representatives stand for every answer."""
        listed = {key for key, (_, f) in self._questions.items() if values.is_listed_whole(f)}
        few = all(len(options) < values.MOST_VALUES for options in self.options.values())
        return few and all(plainness.is_plain(rule, listed) for rule in self.rules)

    def choices(self, key: str, scope: Mapping[str, object]) -> tuple[object, ...]:
        """Return the answers ``key`` may have in ``scope``; None stands for no answer."""
        if key == CASE:
            return (self._case(scope),)
        if key in {TODAY, CHANNEL}:
            return self.options[key]
        section, question = self._questions[key]
        if not self._holds("section", section.key, "show_when", scope):
            return (None,)
        if not self._holds("field", key, "show_when", scope):
            return (None,)
        if (node := self.definition.logic.rule("field", key, "compute")) is not None:
            return (_value(node, scope),)
        options = self._in_time(question, scope)
        required = self._holds("field", key, "require_when", scope, otherwise=question.required)
        return options if required else (*options, None)

    def question(self, key: str) -> FormField | None:
        """Return the question ``key``; None for the day, the channel and the case."""
        return self._questions[key][1] if key in self._questions else None

    def told(self, scope: Mapping[str, object]) -> dict[str, object]:
        """Return ``scope`` as answers for a reader: without what follows by itself."""
        left_out = {CASE} | ({TODAY} if len(self.options.get(TODAY, ())) < 2 else set())  # noqa: PLR2004
        return {key: answer for key, answer in scope.items() if key not in left_out}

    def _holds(
        self, part: str, key: str, aspect: str, scope: Mapping[str, object], *, otherwise: bool = True
    ) -> bool:
        node = self.definition.logic.rule(part, key, aspect)
        return otherwise if node is None else holds(node, scope)

    def _case(self, scope: Mapping[str, object]) -> str:
        cases = self.definition.cases
        return next((case.key for case in cases if self._holds("case", case.key, "when", scope)), "")

    def _in_time(self, question: FormField, scope: Mapping[str, object]) -> tuple[object, ...]:
        options = self.options[question.key]
        if question.type is not FieldType.DATE or not question.not_past or TODAY not in scope:
            return options
        return tuple(day for day in options if str(day) >= str(scope[TODAY]))

    def _own_rules(self) -> Iterator[Node]:
        logic = self.definition.logic
        sections = {section.key for section, _ in self._questions.values()}
        for (part, key, aspect), node in logic.rules.items():
            own = (
                (part == "field" and key in self._questions and (key, aspect) != self.goal.without)
                or (part == "section" and key in sections)
                or (part == "case" and CASE in self.order)
            )
            if own:
                yield node

    def _answers(self, key: str) -> tuple[object, ...]:
        if key == CHANNEL:
            return tuple(channel.value for channel in self.definition.channels)
        if key == TODAY:
            return self._days()
        if key == CASE or self.definition.logic.rule("field", key, "compute") is not None:
            return ()
        question = self._questions[key][1]
        compared = values.compared_with(self._derived(key), self.rules)
        return values.allowed(question, compared, self.today, full=self.goal.full)

    def _days(self) -> tuple[object, ...]:
        """The days of filing that differ: the first one, and those around days written next to ``today``."""
        written = values.compared_with({TODAY}, self.rules).scalars
        days = {self.today} | set(values.around(written))
        return tuple(day.isoformat() for day in sorted(days) if day >= self.today)

    def _derived(self, key: str) -> set[str]:
        """Return ``key`` and the computed answers that come from it."""
        found, logic = {key}, self.definition.logic
        for other in self.order:
            node = logic.rule("field", other, "compute")
            if node is not None and found & names(node):
                found.add(other)
        return found

    def _demands(self) -> list[list[Demand]]:
        due: list[list[Demand]] = [[] for _ in self.order]
        place = {key: at for at, key in enumerate(self.order)}
        self.at_once = [Demand(node, True) for node in self.goal.true if not names(node)]
        self.at_once += [Demand(node, False) for node in self.goal.untrue if not names(node)]
        wanted = [Demand(part, True) for node in self.goal.true for part in _conjuncts(node)]
        wanted += [Demand(node, False) for node in self.goal.untrue]
        for demand in wanted:
            if read := names(demand.node):
                due[max(place[name] for name in read)].append(demand)
        for key, (_, question) in self._questions.items():
            for number, _check in enumerate(question.checks):
                node = self.definition.logic.rule("field", key, f"checks.{number}")
                if node is not None and (key, f"checks.{number}") != self.goal.without:
                    due[max(place[name] for name in names(node) | {key})].append(Demand(node, True, key))
        return due


def one_of(name: str, keys: Iterable[str]) -> tuple[Node, ...]:
    """Return the condition that ``name`` is one of ``keys``; none for no keys, which means any."""
    items = tuple(Literal(str(key)) for key in keys)
    return (Binary("in", Name(name), Items(items)),) if items else ()


def _conjuncts(node: Node) -> Iterator[Node]:
    match node:
        case Logic("&&", left, right):
            yield from _conjuncts(left)
            yield from _conjuncts(right)
        case _:
            yield node


def _value(node: Node, scope: Mapping[str, object]) -> object:
    try:
        return value(node, scope)
    except NoValue:
        return None


def _is_false(node: Node, scope: Mapping[str, object]) -> bool:
    try:
        return value(node, scope) is False
    except NoValue:
        return False
