"""Statistics of dossiers, counted from their events."""

from motcua.domain.cases.rules.figures import Span, span_of

__all__ = ["Span", "span_of"]
