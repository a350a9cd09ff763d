"""Questions and papers: what a definition asks of the citizen."""

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.domain.catalogue.types.words import Key, Part, Rule, Words

MOST_ROWS: Final = 200  #: of a table


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    NUMBER = "number"  #: with decimals, e.g. an area in m²
    MONEY = "money"  #: đồng
    DATE = "date"
    PARTIAL_DATE = "partial_date"  #: "1950", "1950-03" or "1950-03-14": old people may know the year alone
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSONAL_ID = "personal_id"  #: 12 digits
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"  #: {"street": …, "commune_code": five digits}
    PERSON = "person"  #: {"full_name": …, "personal_id": …, "born_on": …}
    BANK_ACCOUNT = "bank_account"  #: {"bank": …, "number": …, "holder": …}
    TABLE = "table"  #: rows of ``columns``
    SIGNATURE = "signature"  #: a declaration the citizen affirms; on paper a place to sign


class FileKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"


class Choice(Part):
    value: Key
    label: Words


class Check(Part):
    """What must hold of the answers, and what to say when it does not."""

    rule: Rule
    message: Words


class FormField(Part):
    """One question.

    ``show_when`` and ``require_when`` are conditions over the answers; ``compute`` gives the answer from others
    and then nobody types it. ``prefill`` names where a known answer comes from, e.g. ``account.full_name``.
    """

    key: Key
    type: FieldType
    label: Words
    hint: Words | None = None
    required: bool = True
    prefill: Annotated[
        str, Field(pattern=r"^(|(account|spouse|family|organisation|dossier|register)\.[a-z_]+)$")
    ] = ""
    choices: tuple[Choice, ...] = ()
    columns: tuple["FormField", ...] = ()
    show_when: Rule | None = None
    require_when: Rule | None = None
    compute: Rule | None = None
    checks: tuple[Check, ...] = ()
    max_length: Annotated[int, Field(ge=1, le=4000)] = 200
    minimum: int | None = None
    maximum: int | None = None
    unit: Words | None = None  #: of a number, e.g. m²
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    not_future: bool = False
    not_past: bool = False

    @model_validator(mode="after")
    def _parts_fit_the_type(self) -> Self:
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise PydanticCustomError("choices", "choices go with type choice, and only with it")
        if (self.type is FieldType.TABLE) != bool(self.columns):
            raise PydanticCustomError("columns", "columns go with type table, and only with it")
        if any(column.type is FieldType.TABLE for column in self.columns):
            raise PydanticCustomError("columns", "a table holds no table")
        if any(column.show_when or column.compute or column.prefill for column in self.columns):
            raise PydanticCustomError("columns", "a column is always shown and typed")
        return self

    @model_validator(mode="after")
    def _values_are_once(self) -> Self:
        _refuse_twice("choices", [choice.value for choice in self.choices])
        _refuse_twice("columns", [column.key for column in self.columns])
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise PydanticCustomError("bounds", "the minimum is above the maximum")
        return self


class Section(Part):
    """Questions asked on one page."""

    key: Key
    title: Words
    intro: Words | None = None
    show_when: Rule | None = None
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]


class PaperSpec(Part):
    """A component of the dossier – thành phần hồ sơ.

    ``presented`` papers are shown at the desk and not kept (giấy tờ phải xuất trình). ``reuse`` names result
    codes that stand in for the paper when the citizen's store holds one.
    """

    key: Key
    name: Words
    hint: Words | None = None
    required: bool = True
    presented: bool = False
    originals: Annotated[int, Field(ge=0)] = 1
    copies: Annotated[int, Field(ge=0)] = 0
    form: Annotated[str, Field(max_length=200)] = (
        ""  #: the model form, e.g. "Mẫu số 01, Thông tư 04/2020/TT-BTP"
    )
    accepts: tuple[FileKind, ...] = (FileKind.PDF, FileKind.IMAGE)
    max_files: Annotated[int, Field(ge=1, le=20)] = 5
    cases: tuple[Key, ...] = ()  #: only in these cases; none means in all
    show_when: Rule | None = None
    require_when: Rule | None = None
    reuse: tuple[Annotated[str, Field(pattern=r"^KQ\.[A-Z][0-9]{2}\.[0-9]+$")], ...] = ()


def _refuse_twice(what: str, keys: list[str]) -> None:
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise PydanticCustomError("twice", "{what}: twice {keys}", {"what": what, "keys": ", ".join(twice)})
