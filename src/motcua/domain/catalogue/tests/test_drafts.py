"""A definition is written, sent, agreed to by a second person and published; authors do not overwrite each other."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.rules import editing
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.domain.catalogue.types import (
    DraftClosed,
    DraftMovedOn,
    DraftTaken,
    DraftView,
    NoSuchPart,
    OwnWork,
    StillFaulty,
)
from motcua.kernel.actors import Actor, NotPermitted, Role

AT = datetime(2026, 3, 10, 2, tzinfo=UTC)
AUTHOR, LEADER = Actor(uuid4(), Role.ADMIN), Actor(uuid4(), Role.LEADER)
NEW = "9.000001"
CASE = {
    "name": "ordinary",
    "answers": {"applicant_name": "Rơ Châm H’Bia"},
    "expect": {"fee_dong": 0, "result_says": ["Rơ Châm H’Bia"]},
}


def sketched() -> DraftView:
    draft = commands.start_definition(NEW, actor=AUTHOR, at=AT)
    content = editing.added(draft.content, "tests", CASE) | {"decision": "1/QĐ-UBND"}
    return commands.write_definition(draft.id, content, seen=draft.revision, actor=AUTHOR, at=AT)


@pytest.mark.django_db
def test_a_new_procedure_goes_live_after_a_second_person_agrees() -> None:
    draft = sketched()
    commands.submit_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)

    published = commands.approve_definition(
        draft.id, seen=draft.revision, valid_from=date(2026, 4, 1), actor=LEADER, at=AT
    )

    assert published.definition.code == NEW
    assert queries.procedure(NEW, on=date(2026, 4, 1)).version == 1
    assert queries.definition_drafts(actor=LEADER) == []


@pytest.mark.django_db
def test_nobody_agrees_to_their_own_work() -> None:
    draft = sketched()
    commands.submit_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)

    with pytest.raises(OwnWork):
        commands.approve_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)


@pytest.mark.django_db
def test_two_authors_do_not_overwrite_each_other() -> None:
    draft = sketched()
    commands.write_definition(draft.id, draft.content, seen=draft.revision, actor=AUTHOR, at=AT)

    with pytest.raises(DraftMovedOn):
        commands.write_definition(draft.id, draft.content, seen=draft.revision, actor=AUTHOR, at=AT)
    with pytest.raises(DraftTaken):
        commands.start_definition(NEW, actor=AUTHOR, at=AT)


@pytest.mark.django_db
def test_what_is_unfinished_may_be_kept_but_not_sent() -> None:
    draft = sketched()
    content = editing.replaced(draft.content, "name", None)
    unfinished = commands.write_definition(draft.id, content, seen=draft.revision, actor=AUTHOR, at=AT)

    assert [fault.where for fault in unfinished.faults] == ["name"]
    with pytest.raises(StillFaulty):
        commands.submit_definition(draft.id, seen=unfinished.revision, actor=AUTHOR, at=AT)


@pytest.mark.django_db
def test_a_definition_without_a_passing_test_case_is_not_sent() -> None:
    draft = sketched()
    content = editing.replaced(draft.content, "tests.0.expect.fee_dong", 5000)
    wrong = commands.write_definition(draft.id, content, seen=draft.revision, actor=AUTHOR, at=AT)

    with pytest.raises(StillFaulty) as refusal:
        commands.submit_definition(draft.id, seen=wrong.revision, actor=AUTHOR, at=AT)
    assert refusal.value.facts["faults"] == [{"where": "tests", "what": "test_fails", "says": "ordinary"}]


@pytest.mark.django_db
def test_a_change_takes_the_submission_back() -> None:
    draft = sketched()
    commands.submit_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)

    changed = commands.write_definition(draft.id, draft.content, seen=draft.revision, actor=AUTHOR, at=AT)

    assert (changed.state, changed.submitted_by) == ("writing", None)


@pytest.mark.django_db
def test_an_earlier_version_comes_back_by_decision() -> None:
    the_procedures()
    first = queries.procedure(BIRTH, on=AT.date())
    draft = commands.start_definition(BIRTH, base=first.version_id, actor=AUTHOR, at=AT)
    content = editing.replaced(draft.content, "valid_from", "2026-04-01")
    content = editing.added(content, "tests", {"name": "none", "answers": {}, "expect": {}})
    content = editing.replaced(content, "tests", [_birth_case()])
    draft = commands.write_definition(draft.id, content, seen=draft.revision, actor=AUTHOR, at=AT)
    commands.submit_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)
    commands.approve_definition(draft.id, seen=draft.revision, actor=LEADER, at=AT)

    commands.roll_back(BIRTH, 1, decision="12/QĐ-BTP", valid_from=date(2026, 5, 1), actor=AUTHOR, at=AT)

    back = queries.procedure(BIRTH, on=date(2026, 5, 1))
    assert (back.version, back.definition.decision) == (3, "12/QĐ-BTP")
    assert back.definition.sections == first.definition.sections
    with pytest.raises(DraftClosed):
        commands.discard_definition(draft.id, seen=draft.revision, actor=AUTHOR, at=AT)


@pytest.mark.django_db
def test_only_administrators_write() -> None:
    with pytest.raises(NotPermitted):
        commands.start_definition(NEW, actor=replace(AUTHOR, role=Role.CLERK), at=AT)


def test_a_renamed_question_is_renamed_wherever_it_is_read() -> None:
    content = {
        "sections": [
            {
                "fields": [
                    {"key": "age", "type": "integer"},
                    {"key": "x", "type": "text", "show_when": "age > 3"},
                ]
            }
        ],
        "result": {"lines": [{"of": "age"}], "paragraphs": ["Tuổi: {age}"]},
        "tests": [{"answers": {"age": 4}}],
    }

    new = editing.renamed(content, "age", "years")

    assert new["sections"][0]["fields"][0]["key"] == "years"
    assert new["sections"][0]["fields"][1]["show_when"] == "years > 3"
    assert new["result"] == {"lines": [{"of": "years"}], "paragraphs": ["Tuổi: {years}"]}
    assert new["tests"][0]["answers"] == {"years": 4}


def test_parts_are_moved_and_taken_away() -> None:
    content = {"papers": [{"key": "a"}, {"key": "b"}]}

    assert editing.moved(content, "papers.0", 1) == {"papers": [{"key": "b"}, {"key": "a"}]}
    assert editing.removed(content, "papers.0") == {"papers": [{"key": "b"}]}
    assert content == {"papers": [{"key": "a"}, {"key": "b"}]}
    with pytest.raises(NoSuchPart):
        editing.removed(content, "papers.9")


def _birth_case() -> dict[str, object]:
    from motcua.domain.catalogue.testing import GOOD_ANSWERS

    return {"name": "a child", "answers": GOOD_ANSWERS[BIRTH], "expect": {"papers": ["birth_record"]}}
