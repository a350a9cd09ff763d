"""The paper form asks what the page asks, names itself, and is the same for the same definition."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import paper_forms
from motcua.domain.catalogue.testing import BIRTH, everything
from motcua.domain.catalogue.types import FieldType
from motcua.platform.pdf import queries as pdf


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_every_definition_prints_with_all_that_is_asked(code: str) -> None:
    definition = queries.read_definition(queries.shipped_text(code))

    said = paper_forms.facts(definition, version=1, when={})
    printed = queries.paper_form(definition, version=1)

    asked = [question["key"] for section in said["sections"] for question in section["questions"]]
    assert asked == [field.key for field in definition.fields if not field.compute]
    assert len(said["papers"]) == len(definition.papers)
    assert pdf.page_count(printed) <= 8
    assert said["digest"] in pdf.text_of(printed)


def test_every_type_of_question_has_a_place_to_answer() -> None:
    definition = everything()
    assert {field.type for field in definition.fields} == set(FieldType)

    text = words(pdf.text_of(queries.paper_form(definition, version=3)))

    for field in definition.fields:
        assert (words(field.label.vi)[:20] in text) == (field.compute is None), field.key


def test_it_is_an_archive_file_and_the_same_every_time() -> None:
    definition = queries.read_definition(queries.shipped_text(BIRTH))

    once, again = (queries.paper_form(definition, version=2) for _ in range(2))

    assert once == again
    with pikepdf.open(BytesIO(once)) as document, document.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")


def test_another_wording_another_version_or_condition_is_another_form() -> None:
    definition = queries.read_definition(queries.shipped_text(BIRTH))
    reworded = definition.model_copy(
        update={"name": definition.name.model_copy(update={"vi": "Đăng ký khai sinh lưu động"})}
    )
    key = definition.fields[0].key
    later = definition.model_copy(update={"valid_from": date(2030, 1, 1)})

    digest = paper_forms.facts(definition, version=1, when={})["digest"]
    others = [
        paper_forms.facts(reworded, version=1, when={})["digest"],
        paper_forms.facts(definition, version=2, when={})["digest"],
        paper_forms.facts(definition, version=1, when={key: "có con"})["digest"],
    ]

    assert len({digest, *others}) == 4
    assert paper_forms.facts(later, version=1, when={})["digest"] == digest
    assert paper_forms.mark(paper_forms.facts(definition, version=1, when={})) == (
        f"motcua-form/1 {BIRTH}@1 {digest}"
    )
