"""Read the catalogue: procedures in force, what a definition means for given answers, search."""

from motcua.domain.catalogue.queries.procedures import codes, names, procedure, procedures, version
from motcua.domain.catalogue.queries.search import search
from motcua.domain.catalogue.rules import answers, fees, results
from motcua.domain.catalogue.types import Definition, FeeLine, PaperSpec

checked_answers = answers.checked
partly_checked_answers = answers.partly_checked
visible_fields = answers.visible_fields
visible_papers = answers.visible_papers
missing_papers = answers.missing_papers
fee_lines = fees.lines
total_fee_dong = fees.total_dong
result_facts = results.facts
communes_named = results.communes_named

__all__ = [
    "Definition",
    "FeeLine",
    "PaperSpec",
    "checked_answers",
    "codes",
    "communes_named",
    "fee_lines",
    "missing_papers",
    "names",
    "partly_checked_answers",
    "procedure",
    "procedures",
    "result_facts",
    "search",
    "total_fee_dong",
    "version",
    "visible_fields",
    "visible_papers",
]
