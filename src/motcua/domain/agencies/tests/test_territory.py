"""An old name finds its successor; a code is its bearer together with the time."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

import pytest

from motcua.domain.agencies import commands, events, queries
from motcua.domain.agencies.models import AdminUnit, UnitLineage
from motcua.domain.agencies.rules.territory import spelled_out
from motcua.domain.agencies.types import UnknownUnit
from motcua.kernel.actors import SYSTEM
from motcua.kernel.text import fold
from motcua.platform.outbox.testing import announced

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEFORE = date(2025, 6, 30)
OFFICIAL = Path(__file__).parents[6] / "shared" / "data" / "admin_units" / "merged_from_2025.csv"


@pytest.fixture(scope="module")
def _country(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Load the country once for this module, and leave the database as it was."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        commands.import_vietnam(actor=SYSTEM, at=NOW)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_country")]


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    provinces = queries.provinces(on=TODAY)
    assert len(provinces) == 34
    assert sum(len(queries.communes(province.code, on=TODAY)) for province in provinces) == 3321
    assert len(queries.provinces(on=BEFORE)) == 63


def test_gia_lai_has_135_communes_in_vietnamese_order() -> None:
    names = [commune.name for commune in queries.communes("52", on=TODAY)]
    assert len(names) == 135
    assert names.index("Phường An Bình") < names.index("Xã Ayun") < names.index("Xã Đak Đoa")


def test_loading_again_changes_nothing() -> None:
    report = commands.import_vietnam(actor=SYSTEM, at=NOW)
    assert (report.opened, report.corrected) == (0, 0)
    assert len(announced(events.TerritoryLoaded)) == 1


def test_a_wrong_name_is_corrected_by_loading_again() -> None:
    AdminUnit.objects.filter(code="23575", valid_to=None).update(name="Phường Plâyku")
    plan = queries.pending_territory()
    assert [row.code for row in plan.to_correct] == ["23575"]
    assert commands.import_vietnam(actor=SYSTEM, at=NOW).corrected == 1
    assert queries.unit("23575").name == "Phường Pleiku"


def test_a_code_passed_to_another_unit() -> None:
    assert queries.unit("52", on=BEFORE).name == "Tỉnh Bình Định"
    assert queries.unit("52", on=TODAY).name == "Tỉnh Gia Lai"
    assert [unit.name for unit in queries.successors("52", on=TODAY)] == ["Tỉnh Gia Lai"]
    assert [unit.code for unit in queries.successors("64", on=TODAY)] == ["52"]


def test_a_province_that_became_a_city_is_followed_through() -> None:
    assert [unit.name for unit in queries.successors("70", on=TODAY)] == ["Thành phố Đồng Nai"]
    assert [unit.name for unit in queries.successors("70", on=date(2026, 4, 29))] == ["Tỉnh Đồng Nai"]
    assert queries.unit("26368", on=date(2026, 4, 29)).kind == "xã"
    assert queries.unit("26368", on=TODAY).kind == "phường"


def test_a_district_lives_on_in_its_communes() -> None:
    names = {unit.name for unit in queries.successors("622", on=TODAY)}
    assert {
        "Phường Pleiku",
        "Phường Diên Hồng",
        "Phường Hội Phú",
        "Phường Thống Nhất",
        "Phường An Phú",
    } <= names
    assert all(unit.parent_code == "52" for unit in queries.successors("622", on=TODAY))


def test_an_island_district_without_communes_lives_on_in_its_zone() -> None:
    assert [unit.name for unit in queries.successors("755", on=TODAY)] == ["Đặc khu Côn Đảo"]


@pytest.mark.parametrize("asked", ["thành phố Pleiku", "thanh pho pleiku", "TP. Pleiku"])
def test_an_old_city_finds_its_communes(asked: str) -> None:
    found = queries.find_units(asked, TODAY)
    assert {"23575", "23563", "23584"} <= {unit.code for unit in found}
    pleiku = next(unit for unit in found if unit.code == "23584")
    assert pleiku.formerly == ("Thành phố Pleiku",)


def test_a_name_that_was_kept_is_found_by_itself_and_by_its_past() -> None:
    found = queries.find_units("Diên Hồng", TODAY)
    assert [unit.name for unit in found[:2]] == ["Phường Diên Hồng", "Phường Diên Hồng"]
    assert {"23563", "27169", "12280"} <= {unit.code for unit in found}
    assert next(unit for unit in found if unit.code == "12280").formerly == ("Xã Diên Hồng",)


def test_a_numbered_ward_is_told_by_its_district() -> None:
    found = queries.find_units("phường 14 quận 10", TODAY)
    assert [unit.name for unit in found] == ["Phường Diên Hồng", "Phường Hòa Hưng"]


def test_an_old_province_finds_the_new_one() -> None:
    found = queries.find_units("bình định", TODAY)
    gia_lai = next(unit for unit in found if unit.code == "52")
    assert gia_lai.formerly == ("Tỉnh Bình Định",)


def test_a_search_of_another_day_answers_with_the_units_of_that_day() -> None:
    names = [unit.name for unit in queries.find_units("pleiku", BEFORE)]
    assert names == ["Thành phố Pleiku"]


def test_every_former_unit_has_a_successor_today() -> None:
    former = list(AdminUnit.objects.filter(valid_to=BEFORE).values_list("code", flat=True))
    orphans = [code for code in former[::97] if not queries.successors(code, on=TODAY)]
    assert orphans == []


def test_unknown_codes_and_empty_searches() -> None:
    with pytest.raises(UnknownUnit):
        queries.unit("99999")
    assert queries.find_units("", TODAY) == []
    assert queries.find_units("%_%", TODAY) == []
    assert queries.find_units("zzzzqqq", TODAY) == []


def test_a_search_takes_a_few_milliseconds() -> None:
    begun = perf_counter()
    for asked in ("thành phố Pleiku", "Diên Hồng", "xã", "phường 14 quận 10"):
        queries.find_units(asked, TODAY)
    assert (perf_counter() - begun) / 4 < 0.25


def test_short_forms_are_spelled_out() -> None:
    assert spelled_out("Q10, TP HCM") == "quan 10 thanh pho ho chi minh"


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official text of the mergers is not here")
def test_lineage_agrees_with_the_text_of_the_resolutions() -> None:
    links = UnitLineage.objects.filter(new__level="commune", old__level="commune")
    said: dict[str, set[str]] = {}
    for code, name in links.values_list("new__code", "old__name"):
        said.setdefault(code, set()).add(fold(name))
    agreeing = total = 0
    with OFFICIAL.open() as file:
        for row in csv.DictReader(file):
            if not row["parent_code"] or row["code"] not in said:
                continue
            text = f" {fold(row['merged_from_text'])} "
            for name in said[row["code"]]:
                total += 1
                bare = re.sub(r"^(thi tran|phuong|xa) ", "", name)
                agreeing += f" {bare} " in text
    assert total > 10_000
    assert agreeing / total > 0.97
