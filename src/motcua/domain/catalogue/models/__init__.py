"""Tables of the catalogue."""

from motcua.domain.catalogue.models.drafts import (
    DefinitionDraft,
)
from motcua.domain.catalogue.models.finding import (
    DeclinedCandidate,
    OwnSynonym,
    SearchChoice,
)
from motcua.domain.catalogue.models.procedures import (
    Procedure,
    Version,
)
from motcua.domain.catalogue.models.records import (
    ClarityAnswer,
    LocalRule,
    RecordImport,
    RecordVersion,
)

__all__ = [
    "ClarityAnswer",
    "DeclinedCandidate",
    "DefinitionDraft",
    "LocalRule",
    "OwnSynonym",
    "Procedure",
    "RecordImport",
    "RecordVersion",
    "SearchChoice",
    "Version",
]
