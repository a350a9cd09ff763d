"""Every operation × every role, on unknown ids and on what belongs to others: refused, never a leak, never a 5xx."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from motcua.domain.agencies import testing as agencies
from motcua.domain.cases import testing as cases
from motcua.domain.cases.types import State
from motcua.domain.catalogue.testing import BIRTH, GOOD_ANSWERS
from motcua.domain.identity.testing import a_citizen
from motcua.interfaces.api.api import api
from motcua.interfaces.api.operations.deeds import STEPS
from motcua.interfaces.api.tests.callers import Program, said
from motcua.kernel.actors import Role
from motcua.kernel.ids import uuid7
from motcua.platform.files.testing import a_pdf

ROLES = ("anonymous", "other_citizen", "clerk", "handler", "leader", "admin", "auditor")
NAME_OF_THE_CHILD = str(GOOD_ANSWERS[BIRTH]["child_name"])


@dataclass(frozen=True, slots=True)
class World:
    """What belongs to one citizen and one office, and strangers of every role."""

    ids: dict[str, str]
    strangers: dict[str, Program]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cache.clear()
    office = cases.an_office()
    dossier = cases.a_dossier(office, State.DONE)
    draft = cases.a_draft(office)
    owner = Program(office.citizen)
    upload = said(owner.post("/uploads", {"name": "giay.pdf", "size_bytes": 9}))
    file = said(owner.hand_in(a_pdf()))
    elsewhere = agencies.a_commune("Ủy ban nhân dân xã Biển Hồ", commune_code="").id
    officers = {
        role: Program(cases.an_officer(elsewhere, role)) for role in (Role.CLERK, Role.HANDLER, Role.LEADER)
    }
    yield World(
        ids={
            "dossier_id": str(dossier.id),
            "draft_id": str(draft.id),
            "document_id": str(dossier.documents[0].id),
            "attachment_id": str(dossier.attachments[0].id),
            "draft attachment": str(draft.attachments[0].id),
            "upload_id": upload["id"],
            "file_id": file["id"],
        },
        strangers={
            "anonymous": Program(None),
            "other_citizen": Program(a_citizen()),
            **{str(role): program for role, program in officers.items()},
            "admin": Program(agencies.an_administrator(agency=elsewhere).actor),
            "auditor": Program(agencies.an_officer(Role.AUDITOR, agency=elsewhere).actor),
        },
    )
    cache.clear()


def operations() -> list[tuple[str, str, str]]:
    """Return (operation, method, path) of every operation that names a thing by its id."""
    document = api.get_openapi_schema(path_prefix="/")
    return [
        (operation["operationId"], method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if "_id}" in path
    ]


STEP_BODY: dict[str, Any] = {
    "seen": 1,
    "reason": "Một lý do đủ dài.",
    "proposal": "Một đề nghị đủ dài.",
    "receipt_no": "BL-1",
    "new_due_at": "2027-03-03T10:00:00+07:00",
    "items": [{"key": "birth_record", "need": "Chụp lại"}],
    "answers": {"child_name": "Kẻ lạ"},
}
BODIES: dict[str, dict[str, Any]] = {
    "save_draft": {"answers": {"child_name": "Kẻ lạ"}, "seen": 1},
    "attach_to_draft": {"paper": "birth_record", "file_id": str(uuid7())},
    "discard_dead_letter": {"reason": "vì thế"},
    **{offered.step.value: STEP_BODY for offered in STEPS},
}


def called(program: Program, operation: str, method: str, path: str) -> HttpResponse:
    if method == "GET":
        return program.get(path)
    if operation == "append_piece":
        kind = "application/offset+octet-stream"
        return program.send(method, path, raw=b"%PDF-1.7\n", kind=kind, Upload_Offset="0")
    return program.send(method, path, BODIES.get(operation, {}))


def filled(path: str, ids: dict[str, str]) -> str:
    if path.startswith("/drafts"):
        ids = ids | {"attachment_id": ids.get("draft attachment", str(uuid7()))}
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    while "{" in path:
        path = path[: path.index("{")] + str(uuid7()) + path[path.index("}") + 1 :]
    return path


@pytest.mark.parametrize("role", ROLES)
def test_strangers_learn_and_change_nothing(world: World, role: str) -> None:
    program = world.strangers[role]
    for operation, method, path in operations():
        for ids in ({}, world.ids):
            cache.clear()
            answer = called(program, operation, method, filled(path, ids))
            told = f"{role} {operation} {'theirs' if ids else 'unknown'}: {answer.status_code}"
            if role == "auditor" and method == "GET" and ids and path.startswith("/dossiers"):
                assert answer.status_code == 200, told  # auditors read everything
                continue
            assert answer.status_code in {401, 403, 404}, f"{told} {answer.content!r}"
            assert answer["Content-Type"] == "application/problem+json", told
            assert NAME_OF_THE_CHILD not in json.loads(answer.content).get("detail", ""), told
            assert answer.status_code == 401 or role != "anonymous", told


def test_lists_hold_nothing_of_others(world: World) -> None:
    for role in ("other_citizen", "clerk", "handler", "leader"):
        for query in ({}, {"q": "Rơ"}, {"tab": "finished"}):
            assert said(world.strangers[role].get("/dossiers", **query))["items"] == [], role
    assert said(world.strangers["other_citizen"].get("/drafts"))["items"] == []


def test_a_list_of_steps_that_leaves_none_out() -> None:
    documented = {operation for operation, _, _ in operations()}
    assert {offered.step.value for offered in STEPS} <= documented
    assert len(STEPS) == 18
