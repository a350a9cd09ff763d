"""An XML element as the field writes it: local name, attributes, text, children; prefixes are not trusted.

Namespaces are not resolved here, because the vendor's own samples use prefixes they never declare.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an attachment, of which only size and hash are kept in the model."""

    size_bytes: int
    sha256: str  #: lowercase hexadecimal, of the decoded bytes as sent (still packed, where packed)


@dataclass(frozen=True, slots=True)
class Element:
    name: str  #: without prefix
    text: str = ""  #: without surrounding white space
    children: tuple["Element", ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()  #: as written, without declarations of namespaces
    content: Content | None = None  #: what a payload element carried; its text is never kept

    @property
    def is_empty(self) -> bool:
        """Say nothing is in it but empty elements."""
        if self.text or self.content is not None or self.attributes:
            return False
        return all(child.is_empty for child in self.children)

    def child(self, name: str) -> "Element | None":
        """Return the first child of that name."""
        return next((each for each in self.children if each.name == name), None)
