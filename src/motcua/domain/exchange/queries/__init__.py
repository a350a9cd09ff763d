"""Public reads of the exchange."""

from motcua.domain.exchange.queries.packages import inspect_file
from motcua.domain.exchange.queries.signatures import Anchors, read_anchors, signature_of

__all__ = ["Anchors", "inspect_file", "read_anchors", "signature_of"]
