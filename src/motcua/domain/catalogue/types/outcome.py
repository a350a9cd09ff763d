"""The result of a procedure: paper, facts, signatures, number book, validity."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from motcua.domain.catalogue.types.words import Key, Part, Words
from motcua.kernel.actors import Role


class FactSpec(Part):
    """One fact printed on the result: the answer to ``of``, written ``as_`` the template wants it."""

    of: Key
    as_: Annotated[
        Literal["plain", "date", "money", "choice", "address", "lines", "number"], Field(alias="as")
    ] = "plain"
    optional: bool = False  #: the paper does without it: nothing, or dots to fill in by hand


class SignaturePlace(Part):
    """Who signs where on the result."""

    role: Role = Role.LEADER
    title: Words


class LineSpec(Part):
    """A labelled line on a result laid out by the ``official`` template."""

    label: Words
    of: Key


class ResultSpec(Part):
    """What the citizen receives.

    ``template`` is a typst template of the package; ``official`` lays out any decision or certificate from
    ``lines`` (labelled answers) and ``paragraphs``, in which ``{child_name}`` stands for an answer.
    """

    code: Annotated[str, Field(pattern=r"^KQ\.[A-Z][0-9]{2}\.[0-9]+$")]
    name: Words
    template: Key
    book: Key  #: the number book the result is entered in
    symbol: str  #: what follows the number, e.g. "GKS"
    facts: Mapping[str, FactSpec] = {}  #: dotted path in the template's facts → answer
    constants: Mapping[str, str] = {}  #: dotted path → text that is the same on every result
    paragraphs: tuple[Annotated[str, Field(max_length=2000)], ...] = ()
    lines: tuple[LineSpec, ...] = ()
    signatures: tuple[SignaturePlace, ...] = ()
    valid_months: Annotated[int, Field(ge=1)] | None = None  #: None: no end of validity
    revocable: bool = True
    electronic: bool = True  #: whether the result is issued as an e-document (index 766, criterion 4.1)
