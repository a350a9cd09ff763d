"""Ministries and provinces open with the codes of Decisions 20/2020 and 09/2025/QĐ-TTg."""

from datetime import UTC, date, datetime

import pytest

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.types import AgencyKind, UnknownAgency
from motcua.kernel.actors import SYSTEM

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.mark.django_db
def test_level_one_opens_once_with_names_and_mergers() -> None:
    report = commands.import_level_one(actor=SYSTEM, at=NOW)
    again = commands.import_level_one(actor=SYSTEM, at=NOW)

    assert (report.opened, again.opened, again.unchanged) == (96, 0, 96)
    roots = queries.roots(on=TODAY)
    assert sum(root.kind is AgencyKind.PROVINCE for root in roots) == 34
    assert queries.agency_by_code("G10", TODAY).name == "Bộ Nông nghiệp và Môi trường"
    assert queries.agency_by_code("G10", date(2024, 1, 1)).name == "Bộ Nông nghiệp và Phát triển nông thôn"
    with pytest.raises(UnknownAgency):
        queries.agency_by_code("H08", TODAY)
    binh_dinh = queries.agency_by_code("H08", date(2025, 6, 30))
    (line,) = queries.lineage_of(binh_dinh.id)
    assert line.successor_id == queries.agency_by_code("H21", TODAY).id
