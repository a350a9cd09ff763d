"""Whatever a caller sends, the API answers in its own words and never with a 5xx."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.domain.agencies import testing as agencies
from motcua.domain.cases import testing as cases
from motcua.domain.catalogue.testing import BIRTH
from motcua.interfaces.api.api import api
from motcua.interfaces.api.tests.callers import a_token
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.platform.files.commands import begin_upload

PREFIX = "/api/v1/"
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 6  #: of each operation; the whole round stays within a minute


@dataclass(frozen=True, slots=True)
class World:
    """A token of every role, and the ids of things that exist."""

    tokens: dict[str, str]
    ids: dict[str, str]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection of the test's transaction through requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(db: None, one_connection: None) -> World:
    office = cases.an_office()
    dossier, draft = cases.a_dossier(office), cases.a_draft(office)
    upload = begin_upload(
        name="giay.pdf", size_bytes=9, owner=dossier.applicant_id, actor=office.citizen, at=clock.now()
    )
    actors = [office.citizen, office.clerk, office.handler, office.leader]
    actors.append(agencies.an_administrator(agency=office.agency_id).actor)
    return World(
        tokens={str(actor.role): a_token(actor) for actor in actors},
        ids={
            "dossier_id": str(dossier.id),
            "draft_id": str(draft.id),
            "attachment_id": str(dossier.attachments[0].id),
            "upload_id": str(upload.id),
        },
    )


def document() -> schemathesis.schemas.BaseSchema:
    loaded = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    loaded.app = get_wsgi_application()
    return loaded


def test_answer_anything_in_words(world: World) -> None:
    """One world for all operations: making one takes longer than trying an operation."""
    for found in document().get_all_operations():
        assert isinstance(found, Ok)
        _try_out(found.ok(), world)


def _try_out(operation: schemathesis.schemas.APIOperation[Any, Any, Any, Any], world: World) -> None:
    roles = operation.definition.raw.get("x-roles", [Role.CITIZEN])
    token = next(world.tokens[role] for role in roles if role in world.tokens)

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(case: schemathesis.Case[Any]) -> None:
        cache.clear()
        known = {name: world.ids[name] for name in case.path_parameters if name in world.ids}
        case.path_parameters.update(known)
        if "/procedures/" in case.path:
            case.path_parameters["code"] = BIRTH
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    answers()
