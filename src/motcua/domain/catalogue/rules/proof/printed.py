"""The printed result: nothing it needs may be missing, nothing it names may be unknown."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from motcua.domain.catalogue.rules.proof.parts import unanswered
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal
from motcua.domain.catalogue.types import Finding, FindingClass, Severity

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
OFFICIAL: Final = "official"  #: lays out lines and paragraphs of any definition


@cache
def template(name: str) -> str | None:
    """Return the source of a result template of the package; None if there is no such."""
    file = files("motcua.domain.catalogue") / "results" / f"{name}.typ"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def findings(search: Search) -> Iterator[Finding]:
    """Yield holes and unknown places of the result."""
    result = search.definition.result
    source = template(result.template)
    if source is None:
        facts = {"template": result.template}
        yield Finding(FindingClass.RESULT_HOLE, "result.template", "unknown_template", facts=facts)
    else:
        yield from _facts_the_template_reads(search, source)
    if result.template == OFFICIAL and not result.lines and not result.paragraphs:
        yield Finding(FindingClass.RESULT_HOLE, "result", "says_nothing")
    if result.template != OFFICIAL and (result.lines or result.paragraphs):
        facts = {"template": result.template}
        yield Finding(FindingClass.RESULT_HOLE, "result.lines", "not_printed", Severity.WARNING, facts)
    yield from _facts(search)
    yield from _paragraphs(search)


def _facts_the_template_reads(search: Search, source: str) -> Iterator[Finding]:
    result = search.definition.result
    for room, paths in (("facts", result.facts), ("constants", result.constants)):
        for path in paths:
            if not all(f'"{part}"' in source for part in path.split(".")):
                facts = {"template": result.template, "fact": path}
                yield Finding(
                    FindingClass.RESULT_HOLE, f"result.{room}.{path}", "fact_not_printed", facts=facts
                )


def _facts(search: Search) -> Iterator[Finding]:
    """A fact whose question may go unanswered, unless the definition says the paper does without."""
    for path, spec in search.definition.result.facts.items():
        if spec.optional:
            continue
        found = search.witness(Goal(true=(unanswered(spec.of),)))
        if found.input is not None:
            facts = {"fact": path, "question": spec.of}
            where = f"result.facts.{path}"
            yield Finding(FindingClass.RESULT_HOLE, where, "fact_missing", facts=facts, input=found.input)


def _paragraphs(search: Search) -> Iterator[Finding]:
    known = {question.key for question in search.definition.fields}
    for n, paragraph in enumerate(search.definition.result.paragraphs):
        where = f"result.paragraphs.{n}"
        for key in dict.fromkeys(_PLACE.findall(paragraph)):
            if key not in known:
                facts = {"place": f"{{{key}}}"}
                yield Finding(FindingClass.RESULT_HOLE, where, "unknown_place", facts=facts)
                continue
            found = search.witness(Goal(true=(unanswered(key),)))
            if found.input is not None:
                facts = {"place": f"{{{key}}}", "question": key}
                yield Finding(FindingClass.RESULT_HOLE, where, "place_empty", facts=facts, input=found.input)
