"""Whether the definition's own test cases look at every case, fee and paper at least once."""

from collections.abc import Iterator

from motcua.domain.catalogue.rules import answers, fees
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.types import Finding, FindingClass, Severity


def findings(search: Search) -> Iterator[Finding]:
    """Yield what no test case reaches."""
    definition = search.definition
    if not definition.tests:
        yield _untested("tests", "no_tests", "")
        return
    cases, owed, papers = set(), set(), set()
    for test in definition.tests:
        day = test.received_at.date() if test.received_at else definition.valid_from
        clean, _ = answers.partly_checked(definition, test.answers, today=day)
        form = answers.filled(definition, clean, today=day, channel=test.channel)
        cases.add(form.case)
        owed |= {line.key for line in fees.lines(form)}
        papers |= {paper.key for paper in form.papers}
    for n, case in enumerate(definition.cases):
        if case.key not in cases:
            yield _untested(f"cases.{n}", "case", case.name.vi)
    for n, fee in enumerate(definition.fees):
        if fee.key not in owed:
            yield _untested(f"fees.{n}", "fee", fee.name.vi)
    for n, paper in enumerate(definition.papers):
        if paper.key not in papers:
            yield _untested(f"papers.{n}", "paper", paper.name.vi)


def _untested(where: str, what: str, name: str) -> Finding:
    return Finding(FindingClass.UNTESTED, where, what, Severity.WARNING, {"name": name})
