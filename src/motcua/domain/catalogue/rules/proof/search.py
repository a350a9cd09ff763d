"""Search worlds for a goal within a budget, and keep count for the whole definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.proof import walks
from motcua.domain.catalogue.rules.proof.worlds import Goal, Room, Scope
from motcua.domain.catalogue.types import CASE, Definition, FormField, Section
from motcua.kernel.expressions import names

MOST_TRIED: Final = 4_000  #: partial worlds of one goal
MOST_IN_ALL: Final = 200_000  #: of one definition; after that each goal gets the least
LEAST_TRIED: Final = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a search: answers that show the goal, or None; ``certain`` if None means impossible."""

    input: Mapping[str, object] | None
    certain: bool = True


class Search:
    """All searches over one definition: what they share, and what they have spent."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.searched = 0
        self.exhaustive = True
        self._closures: dict[str, frozenset[str]] = {}
        self._sections: dict[str, tuple[Section, FormField]] = {
            f.key: (s, f) for s in definition.sections for f in s.fields
        }

    def room(self, goal: Goal) -> Room:
        """Return the part of the form ``goal`` reads."""
        keys: set[str] = set()
        waiting = list(goal.names)
        while waiting:
            key = waiting.pop()
            if key not in keys:
                keys.add(key)
                waiting.extend(self._read_by(key) - keys)
        return Room(self.definition, goal, frozenset(keys))

    def worlds(self, goal: Goal) -> Iterator[Scope]:
        """Yield the worlds that reach ``goal``; marks the search as bounded when it gives up before the end."""
        room = self.room(goal)
        left = _Budget(self._budget())
        yield from self._grown(room, left)
        if left.spent or not room.is_plain:
            self.exhaustive = False

    def witness(self, goal: Goal) -> Found:
        """Return answers that reach ``goal``, or none and whether that is certain."""
        room = self.room(goal)
        left = _Budget(self._budget())
        for world in self._grown(room, left):
            return Found(room.told(world))
        if not left.spent and room.is_plain:
            return Found(None)
        walked, tried = walks.walk(room)
        self.searched += tried
        if walked is not None:
            return Found(room.told(walked))
        self.exhaustive = False
        return Found(None, certain=False)

    def _budget(self) -> int:
        return MOST_TRIED if self.searched < MOST_IN_ALL else LEAST_TRIED

    def _grown(self, room: Room, left: "_Budget") -> Iterator[Scope]:
        """Yield whole worlds, depth first, without recursion: a form may have hundreds of questions."""
        if not all(demand.stands({}) for demand in room.at_once):
            return
        if not room.order:
            self.searched += 1
            yield {}
            return
        scope: Scope = {}
        stack = [iter(room.choices(room.order[0], scope))]
        while stack:
            at = len(stack) - 1
            key = room.order[at]
            scope.pop(key, None)
            try:
                answer = next(stack[-1])
            except StopIteration:
                stack.pop()
                continue
            self.searched += 1
            if not left.take():
                return
            if answer is not None:
                scope[key] = answer
            if not all(demand.stands(scope) for demand in room.due[at]):
                continue
            if at + 1 == len(room.order):
                yield dict(scope)
            else:
                stack.append(iter(room.choices(room.order[at + 1], scope)))

    def _read_by(self, key: str) -> frozenset[str]:
        """Return what the rules of question ``key`` (or of ``case``) read."""
        if key not in self._closures:
            logic = self.definition.logic
            found: set[str] = set()
            if key == CASE:
                for case in self.definition.cases:
                    node = logic.rule("case", case.key, "when")
                    found |= names(node) if node is not None else set()
            elif key in self._sections:
                section, question = self._sections[key]
                aspects = ["show_when", "require_when", "compute"]
                aspects += [f"checks.{n}" for n, _ in enumerate(question.checks)]
                nodes = [logic.rule("section", section.key, "show_when")]
                nodes += [logic.rule("field", key, aspect) for aspect in aspects]
                found.update(*(names(node) for node in nodes if node is not None))
            self._closures[key] = frozenset(found)
        return self._closures[key]


class _Budget:
    """How much a search may still try."""

    def __init__(self, most: int) -> None:
        self._left, self.spent = most, False

    def take(self) -> bool:
        """Take one; False when nothing is left."""
        self._left -= 1
        self.spent = self.spent or self._left < 0
        return not self.spent
