"""What every part of a definition is made of: strict parts, keys, texts in two languages, rules."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from motcua.kernel.expressions import BadExpression, read

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
MOST_CHARACTERS: Final = 4_000  #: of one text of a definition


class Part(BaseModel):
    """A part of a definition: frozen, and an unknown key is an error, so that no rule is silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, serialize_by_alias=True)


class Words(Part):
    """A text in both languages of the node."""

    vi: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    en: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]

    def to(self, language: str) -> str:
        """Return the text in ``language`` ("vi" or "en"); anything else reads Vietnamese."""
        return self.en if language == "en" else self.vi


def _readable(source: str) -> str:
    try:
        read(source)
    except BadExpression as fault:
        what, at = fault.facts["what"], fault.facts["at"]
        raise PydanticCustomError("bad_expression", "{what}: {at}", {"what": what, "at": at}) from fault
    return source


Rule = Annotated[str, AfterValidator(_readable)]  #: an expression of ``kernel.expressions`` over the answers
