"""Everything that can be said of a file that claims to be an edXML package."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.domain.exchange.types.findings import Finding
from motcua.domain.exchange.types.package import Package
from motcua.domain.exchange.types.signatures import SignatureReport
from motcua.domain.exchange.types.tree import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    package: Package
    kind: str  #: name of the kind of document meant, empty if nobody can tell
    faults: tuple[Finding, ...]  #: none means a hub may accept it
    oddities: tuple[Finding, ...]
    signature: SignatureReport
    unpacked: Mapping[int, Content]  #: by number of the attachment: the file its sender's software had zipped
    original: Content  #: the bytes as they came, which are kept and delivered unchanged
