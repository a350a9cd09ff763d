"""A definition at work on its own test case: what the citizen, the officer and the printer would have."""

from pathlib import Path
from typing import Final

from motcua.domain.catalogue.rules import answers, results, trying
from motcua.domain.catalogue.rules.answers import Filled
from motcua.domain.catalogue.types import BadAnswers, Channel, Definition
from motcua.kernel.clock import VIETNAM
from motcua.platform.pdf import queries as pdf

_RESULTS: Final = Path(__file__).resolve().parent.parent / "results"


def sample_form(definition: Definition) -> Filled:
    """Return the form filled with the answers of the first test case that are right, or with none."""
    case = next((case for case in definition.tests if case.expect.faults is None), None)
    today = trying.NOON.astimezone(VIETNAM).date()
    channel = case.channel if case else Channel.ONLINE
    given = dict(case.answers) if case else {}
    try:
        clean = answers.checked(definition, given, today=today, channel=channel)
    except BadAnswers:
        clean, _faults = answers.partly_checked(definition, given, today=today)
    return answers.filled(definition, clean, today=today, channel=channel)


def sample_result(definition: Definition) -> bytes:
    """Return the result as PDF/A, printed with the answers of the first test case and no number."""
    return pdf.render(*_printed(definition))


def sample_picture(definition: Definition) -> bytes:
    """Return the first page of the same as SVG."""
    return pdf.picture(*_printed(definition))


def _printed(definition: Definition) -> tuple[Path, dict[str, object]]:
    form = sample_form(definition)
    head = {
        "agency_parent": "ỦY BAN NHÂN DÂN …",
        "agency_name": "…",
        "symbol": definition.result.symbol,
        "made_at": trying.NOON.isoformat(),
        "electronic": True,
    }
    facts = head | results.facts(definition, form.answers, units={})
    return _RESULTS / f"{definition.result.template}.typ", facts
