"""Statistics of dossiers, counted from their events."""

from motcua.domain.cases.rules.figures import span_of

__all__ = ["span_of"]
