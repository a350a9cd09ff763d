"""Conditions that can never hold, and those that always do."""

from collections.abc import Iterator

from motcua.domain.catalogue.rules.proof.parts import conditionals, when_asked
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal
from motcua.domain.catalogue.types import Finding, FindingClass, Severity
from motcua.kernel.expressions import Node


def findings(search: Search) -> Iterator[Finding]:
    """Yield the parts that never apply, and the conditions that say nothing."""
    never: set[str] = set()
    for part in conditionals(search.definition):
        if not part.own or part.inside in never:
            continue
        found = search.witness(Goal(true=(*part.within, *part.own)))
        if found.input is None:
            never.add(part.where)
            yield _never(part.where, part.part, certain=found.certain)
        elif part.part != "case" and (
            always := _always(search, part.within, part.own, part.where, part.part)
        ):
            yield always
    yield from _of_questions(search)
    yield from _of_papers(search)


def _of_questions(search: Search) -> Iterator[Finding]:
    """Conditions inside a question: when it is required, and its checks."""
    definition, logic = search.definition, search.definition.logic
    for s, section in enumerate(definition.sections):
        for f, question in enumerate(section.fields):
            where, asked = f"sections.{s}.fields.{f}", when_asked(definition, question.key)
            rule = logic.rule("field", question.key, "require_when")
            if rule is not None:
                yield from _both(search, asked, rule, f"{where}.require_when", "require_when")
            for number, _ in enumerate(question.checks):
                check = logic.rule("field", question.key, f"checks.{number}")
                if check is None:
                    continue
                goal = Goal(
                    true=asked,
                    untrue=(check,),
                    reads=frozenset({question.key}),
                    without=(question.key, f"checks.{number}"),
                )
                found = search.witness(goal)
                if found.input is None and found.certain:
                    yield _says_nothing(f"{where}.checks.{number}.rule", "check")


def _of_papers(search: Search) -> Iterator[Finding]:
    for p, paper in enumerate(search.definition.papers):
        rule = search.definition.logic.rule("paper", paper.key, "require_when")
        if rule is not None:
            shown = search.definition.logic.rule("paper", paper.key, "show_when")
            within = (shown,) if shown is not None else ()
            yield from _both(search, within, rule, f"papers.{p}.require_when", "require_when")


def _both(search: Search, within: tuple[Node, ...], rule: Node, where: str, part: str) -> Iterator[Finding]:
    if search.witness(Goal(true=within)).input is None:
        return  # the whole part never applies, which is told once
    found = search.witness(Goal(true=(*within, rule)))
    if found.input is None:
        yield _never(where, part, certain=found.certain)
    elif always := _always(search, within, (rule,), where, part):
        yield always


def _always(
    search: Search, within: tuple[Node, ...], own: tuple[Node, ...], where: str, part: str
) -> Finding | None:
    for rule in own:
        found = search.witness(Goal(true=within, untrue=(rule,)))
        if found.input is not None or not found.certain:
            return None
    return _says_nothing(where, part)


def _never(where: str, part: str, *, certain: bool) -> Finding:
    if certain:
        return Finding(FindingClass.UNREACHABLE, where, f"never_{part}", facts={"part": part})
    return Finding(FindingClass.UNREACHABLE, where, "not_found", Severity.WARNING, {"part": part})


def _says_nothing(where: str, part: str) -> Finding:
    return Finding(FindingClass.ALWAYS, where, "always_holds", Severity.WARNING, {"part": part})
