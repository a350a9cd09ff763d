"""A running dossier keeps its version; it goes on under a later one only when nothing is asked anew."""

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import a_draft, an_office
from motcua.domain.cases.types import CannotFollow, DossierView
from motcua.domain.catalogue import commands as catalogue_deeds
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import BIRTH
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.platform.ledger.testing import deeds_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, tzinfo=UTC)
ADMIN = Actor(None, Role.ADMIN)


def filed() -> tuple[DossierView, Actor]:
    office = an_office()
    return commands.submit(a_draft(office, BIRTH, at=AT).id, actor=office.citizen, at=AT), office.clerk


def published(**changes: Any) -> None:
    now = catalogue.procedure(BIRTH, on=AT.date()).definition
    raw = now.model_dump(mode="json", exclude_defaults=True) | {"format": 2, "valid_from": "2026-04-01"}
    catalogue_deeds.publish(yaml.safe_dump(raw | changes), actor=SYSTEM, at=AT)


def test_a_dossier_goes_on_under_a_version_that_asks_nothing_new() -> None:
    view, clerk = filed()
    published(decision="200/QĐ-BTP")

    (follower,) = queries.on_earlier_versions(BIRTH, on=LATER.date(), actor=ADMIN)
    number = commands.follow_version(view.id, actor=ADMIN, at=LATER)

    assert follower.can_follow
    moved = queries.dossier(view.id, actor=clerk)
    assert catalogue.version(moved.version_id).version == number == 2
    assert moved.version == view.version + 1
    assert deeds_of(view.id)[-1] == "cases.follow_version"
    assert queries.on_earlier_versions(BIRTH, on=LATER.date(), actor=ADMIN) == []


def test_a_dossier_stays_when_the_later_version_asks_for_more() -> None:
    view, clerk = filed()
    papers = catalogue.procedure(BIRTH, on=AT.date()).definition.model_dump(mode="json")["papers"]
    new = {"key": "photo", "name": {"vi": "Ảnh", "en": "Photograph"}}
    published(papers=[*papers, new])

    with pytest.raises(CannotFollow) as refusal:
        commands.follow_version(view.id, actor=ADMIN, at=LATER)

    assert refusal.value.facts["papers"] == ["photo"]
    assert queries.dossier(view.id, actor=clerk).version_id == view.version_id


def test_only_administrators_move_dossiers() -> None:
    view, clerk = filed()

    with pytest.raises(NotPermitted):
        commands.follow_version(view.id, actor=clerk, at=LATER)
