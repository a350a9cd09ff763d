"""The paper form of a definition with its conditions in words, as the portal, the designer and the command give it.

The form is an official paper: it is in Vietnamese, whatever the language of the page.
"""

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import Definition
from motcua.interfaces.design import conditions

LANGUAGE = "vi"


def printed(definition: Definition, version: int = 0) -> bytes:
    """Return the form as PDF/A; ``version`` 0 is a draft's."""
    return queries.paper_form(definition, version=version, when=_when(definition))


def drawn(definition: Definition, version: int = 0) -> bytes:
    """Return its first page as SVG."""
    return queries.paper_form_picture(definition, version=version, when=_when(definition))


def _when(definition: Definition) -> dict[str, str]:
    """Return when each section and question applies, by its key; those that always do are left out."""
    asked = [("section", section.key) for section in definition.sections]
    asked += [("field", field.key) for field in definition.fields]
    said = {
        key: conditions.in_words(definition, definition.logic.rule(part, key, "show_when"), LANGUAGE)
        for part, key in asked
    }
    return {key: words for key, words in said.items() if words}
