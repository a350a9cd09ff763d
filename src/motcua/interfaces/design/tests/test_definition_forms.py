"""Forms made from definitions take what people type and say what is wrong beside the question."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.domain.agencies.commands import import_vietnam
from motcua.domain.catalogue.testing import (
    BIRTH,
    CERTIFIED_COPY,
    GOOD_ANSWERS,
    HOUSEHOLD_BUSINESS,
    LONG_AGO,
    the_procedures,
)
from motcua.interfaces.design.answers import shown
from motcua.interfaces.design.definition_forms import PREFIX, AnswerForm, answers_of, form_for
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def submitted(**typed: str) -> QueryDict:
    """Return what a browser sends for the inputs of a form."""
    data = QueryDict(mutable=True)
    data.update({f"{PREFIX}-{name}": value for name, value in typed.items()})
    return data


def of_mother(**typed: str) -> AnswerForm:
    definition = the_procedures()[BIRTH].definition
    good = {
        "mother_name": "Rơ Châm H’Bia",
        "mother_personal_id": "064 195 001 234",
        "mother_born_on": "14/3/1995",
        "mother_address_street": "12 Hùng Vương",
        "mother_address_place": "23575",
    }
    return form_for(definition, "mother", {}, "vi", data=submitted(**good | typed), today=TODAY)


def test_what_people_type_becomes_canonical_answers() -> None:
    form = of_mother()

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "mother_name": "Rơ Châm H’Bia",
        "mother_personal_id": "064195001234",
        "mother_born_on": "1995-03-14",
        "mother_address": {"street": "12 Hùng Vương", "commune_code": "23575"},
    }


def test_every_fault_is_said_in_words_and_nothing_typed_is_lost() -> None:
    form = of_mother(mother_name="", mother_born_on="31/02/1995", mother_personal_id="12")

    assert set(form.errors) == {"mother_name", "mother_born_on", "mother_personal_id"}
    assert answers_of(form)["mother_born_on"] == "31/02/1995"
    page = str(form)
    assert 'value="31/02/1995"' in page
    assert "Ghi ngày, tháng, năm" in page


def test_a_commune_is_found_by_its_name() -> None:
    import_vietnam(actor=SYSTEM, at=LONG_AGO)
    form = of_mother(mother_address_place="phuong pleiku, gia lai")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["mother_address"]["commune_code"] == "23575"


def test_a_name_that_fits_several_places_offers_them() -> None:
    import_vietnam(actor=SYSTEM, at=LONG_AGO)
    form = of_mother(mother_address_place="phường 1")

    assert not form.is_valid()
    page = str(form["mother_address"])
    assert page.count('type="radio"') > 1
    chosen = of_mother(mother_address_place="phường 1", mother_address_chosen="23575")
    assert chosen.is_valid()


def test_a_question_that_does_not_apply_is_not_missed() -> None:
    definition = the_procedures()[BIRTH].definition
    form = form_for(definition, "father", {}, "vi", data=submitted(has_father="no"), today=TODAY)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"has_father": False}

    asked = form_for(definition, "father", {}, "vi", data=submitted(has_father="yes"), today=TODAY)
    assert not asked.is_valid()
    assert "father_name" in asked.errors


@pytest.mark.parametrize("procedure", [BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_question_of_every_procedure_is_drawn_with_its_answer(procedure: str, language: str) -> None:
    definition = the_procedures()[procedure].definition
    with translation.override(language):
        form = form_for(definition, None, GOOD_ANSWERS[procedure], language, today=TODAY)
        page = str(form)

    for field in definition.fields:
        assert field.label.to(language).replace("’", "’") in page.replace("&#x27;", "'")
    assert 'name="a-' in page


def test_answers_are_shown_as_people_write_them() -> None:
    fields = {f.key: f for f in the_procedures()[HOUSEHOLD_BUSINESS].definition.fields}

    assert shown(fields["business_capital"], 80_000_000, "vi") == "80.000.000 ₫"
    assert shown(fields["owner_born_on"], "1995-03-14", "vi") == "14/03/1995"
    assert shown(fields["premises_rented"], False, "vi") == "Không"
    place = {"street": "12 Hùng Vương", "commune_code": "23575"}
    assert shown(fields["owner_address"], place, "vi", places={"23575": "Phường Pleiku, Gia Lai"}) == (
        "12 Hùng Vương, Phường Pleiku, Gia Lai"
    )
