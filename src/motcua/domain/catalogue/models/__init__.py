"""Tables of the catalogue."""

from motcua.domain.catalogue.models.procedures import Procedure, Version
from motcua.domain.catalogue.models.records import ClarityAnswer, LocalRule, RecordImport, RecordVersion

__all__ = ["ClarityAnswer", "LocalRule", "Procedure", "RecordImport", "RecordVersion", "Version"]
