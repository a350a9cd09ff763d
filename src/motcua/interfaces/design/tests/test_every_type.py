"""Every type of question is taken as people type it, told as people read it, and its fee explained."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from motcua.domain.agencies.commands import import_vietnam
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import EVERYTHING_ANSWERS, LONG_AGO, everything
from motcua.domain.catalogue.types import Channel
from motcua.interfaces.design import banks, fees
from motcua.interfaces.design.answers import rows_shown, shown
from motcua.interfaces.design.definition_forms import AnswerForm, answers_of, form_for
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def sent(section: str, **typed: str) -> AnswerForm:
    data = QueryDict(mutable=True)
    data.update({f"a-{name}": value for name, value in typed.items()})
    return form_for(everything(), section, EVERYTHING_ANSWERS, "vi", today=TODAY, data=data)


def house(**typed: str) -> AnswerForm:
    row = {"rooms-0-called": "Bếp", "rooms-0-size": "12,5", "rooms-0-use": "living"}
    return sent("house", **row | typed)


def test_composed_answers_become_canonical() -> None:
    form = sent(
        "money",
        account_bank="Vietcombank – Ngân hàng TMCP Ngoại thương Việt Nam",
        account_number="0123 456 789",
        account_holder="RO CHAM H BIA",
        declared="yes",
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "account": {"bank": "Vietcombank", "number": "0123456789", "holder": "RO CHAM H BIA"},
        "declared": True,
    }


def test_a_declaration_that_is_not_ticked_is_missed() -> None:
    form = sent("money", account_bank="970436", account_number="012345", account_holder="A")

    assert set(form.errors) == {"declared"}
    assert form.raw("account") == {"bank": "Vietcombank", "number": "012345", "holder": "A"}


def test_what_is_computed_is_shown_and_never_sent() -> None:
    form = house()

    assert form.is_valid(), form.errors
    assert form.cleaned_data["rooms_size"] == 12.5
    assert "rooms_size" not in answers_of(form)


def test_a_fault_in_a_cell_leads_to_its_input() -> None:
    form = house(**{"rooms-4-called": "Kho", "rooms-4-size": "rộng", "rooms-4-use": "living"})

    assert [(link.id, link.label) for link in form.fault_links] == [
        ("id_a-rooms-1-size", "Các phòng, dòng 2, Rộng")
    ]
    assert 'id="id_a-rooms-1-size"' in str(form)


def test_a_check_over_several_answers_speaks_the_language_of_the_page() -> None:
    form = house(**{"rooms-0-size": "500"})

    assert form.errors["rooms_size"] == ["Các phòng rộng hơn cả công trình."]


@pytest.mark.parametrize(
    ("day", "month", "year", "canonical"),
    [("", "", "1938", "1938"), ("", "3", "1938", "1938-03"), ("5", "3", "1938", "1938-03-05")],
)
def test_a_date_known_in_part(day: str, month: str, year: str, canonical: str) -> None:
    typed = {"grandmother_born_day": day, "grandmother_born_month": month, "grandmother_born_year": year}

    form = sent("people", **typed)
    form.is_valid()

    assert form.cleaned_data["grandmother_born"] == canonical


def test_a_day_without_a_month_is_not_taken_for_a_month() -> None:
    form = sent("people", grandmother_born_day="5", grandmother_born_year="1938")

    assert "grandmother_born" in form.errors


@pytest.mark.parametrize("place", ["Phường Hội Thương, Gia Lai", "23566"])
def test_a_former_commune_is_told_to_be_part_of_another(place: str) -> None:
    import_vietnam(actor=SYSTEM, at=LONG_AGO)

    form = sent("people", home_street="12 Hùng Vương", home_place=place)
    form.is_valid()

    assert form.cleaned_data["home"]["commune_code"] != "23566"
    assert "nay thuộc Phường Pleiku" in form.renamed[0]
    assert form.renamed[0] in str(form["home"])


def test_answers_read_as_people_write_them() -> None:
    fields = {field.key: field for field in everything().fields}
    with translation.override("vi"):
        said = {key: shown(fields[key], value, "vi") for key, value in EVERYTHING_ANSWERS.items()}

    assert said["area"] == "120,5 m²"
    assert said["grandmother_born"] == "1938"
    assert said["spouse"].splitlines() == ["Siu Thơ", "Số định danh: 064093001235", "Ngày sinh: 02/01/1993"]
    assert "970436" in said["account"]
    assert said["declared"] == "Đã cam đoan"
    table = rows_shown(fields["rooms"], EVERYTHING_ANSWERS["rooms"], "vi")
    assert table.headings == ("Tên phòng", "Rộng", "Xây ngày", "Dùng để")
    assert table.rows[1] == ("Quầy hàng", "20 m²", "", "Bán hàng")


def test_a_fee_says_how_it_came_about() -> None:
    form = catalogue.filled(everything(), EVERYTHING_ANSWERS, today=TODAY, channel=Channel.ONLINE)

    with translation.override("vi"):
        copies, land = (fees.how(line, "vi") for line in catalogue.fee_lines(form))

    assert copies == ["2 × 2.000 ₫ = 4.000 ₫", "2 × 1.000 ₫ = 2.000 ₫", "2 lần × 6.000 ₫ = 12.000 ₫"]
    assert land[0] == "Tính theo những điều bạn khai: 60.250 ₫"
    assert land[1] == "Hộ nghèo: giảm 50%, bớt 30.125 ₫ (07/2021/NĐ-CP)"


def test_the_page_learns_only_the_answers_its_rules_read() -> None:
    form = form_for(everything(), "money", EVERYTHING_ANSWERS, "vi", today=TODAY)

    questions = form.rules["questions"]
    assert isinstance(questions, list)
    told = {one["key"]: one for one in questions}
    assert set(told) == {"floors", "account", "declared"}
    assert told["floors"]["answer"] == EVERYTHING_ANSWERS["floors"]
    assert "answer" not in told["account"]


def test_banks_are_known_by_each_of_their_names() -> None:
    for typed in ("vietcombank", "970436", "Ngân hàng TMCP Ngoại thương Việt Nam"):
        found = banks.bank(typed)
        assert found is not None
        assert found.short_name == "Vietcombank"
    assert len({one.bin for one in banks.banks()}) == len(banks.banks())
