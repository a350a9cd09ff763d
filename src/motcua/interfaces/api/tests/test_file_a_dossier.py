"""A dossier goes the whole way through the API: draft, papers, three officers, result."""

import base64
import hashlib
import threading

import pytest
from django.db import connection

from motcua.domain.cases import testing as cases
from motcua.domain.cases.testing import Office, an_office
from motcua.domain.cases.types import State
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY, GOOD_ANSWERS
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import a_citizen, an_organisation
from motcua.domain.identity.types import PersonId
from motcua.interfaces.api.tests.callers import Program, problem, said
from motcua.platform.files.testing import a_pdf, an_exe

PIECE = "application/offset+octet-stream"
REASON = "Giấy chứng sinh bị mờ, không đọc được họ tên mẹ."


@pytest.fixture
def office(db: None) -> Office:
    return an_office()


def a_filed(office: Office, state: State = State.SUBMITTED) -> tuple[str, int]:
    """Return path and version of a dossier of the office's citizen."""
    view = cases.a_dossier(office, state)
    return f"/dossiers/{view.id}", view.version


def a_full_draft(citizen: Program, office: Office) -> str:
    """Return the path of a draft that can be filed, made through the API."""
    draft = said(citizen.post("/drafts", {"procedure_code": BIRTH}))
    path = f"/drafts/{draft['id']}"
    typed = {"answers": GOOD_ANSWERS[BIRTH], "agency_id": str(office.agency_id), "seen": draft["revision"]}
    said(citizen.send("PATCH", path, typed))
    file = said(citizen.hand_in(a_pdf()))
    said(citizen.post(f"{path}/papers", {"paper": "birth_record", "file_id": file["id"]}))
    return path


def test_the_whole_way_from_draft_to_result(office: Office) -> None:
    citizen, clerk, handler, leader = (
        Program(actor) for actor in (office.citizen, office.clerk, office.handler, office.leader)
    )

    draft = a_full_draft(citizen, office)
    assert said(citizen.get(f"{draft}/check"))["is_ready"]
    filed = citizen.post(f"{draft}/submit", {"wants_paper": True})
    dossier = said(filed)
    path = filed["Location"].removeprefix("/api/v1")
    assert (filed.status_code, filed["ETag"], dossier["state"]) == (201, '"1"', "submitted")
    assert dossier["steps"] == ["ask_withdrawal"]

    [waiting] = said(clerk.get("/dossiers", tab="to_do"))["items"]
    assert waiting["id"] == dossier["id"]
    accepted = clerk.post(f"{path}/accept", If_Match=filed["ETag"])
    assert said(accepted)["due_because"]
    forwarded = clerk.post(f"{path}/forward", If_Match=accepted["ETag"])
    claimed = handler.post(f"{path}/claim", If_Match=forwarded["ETag"])
    proposed = handler.post(f"{path}/propose", {"proposal": "Hồ sơ hợp lệ."}, If_Match=claimed["ETag"])
    approved = leader.post(f"{path}/approve", {"seen": said(proposed)["version"]})
    assert said(approved)["state"] == "done"
    handed = clerk.post(f"{path}/hand-over", If_Match=approved["ETag"])
    assert said(handed)["state"] == "returned"

    documents = said(citizen.get(f"{path}/documents"))["items"]
    assert [document["kind"] for document in documents] == ["receipt", "result"]
    paper = citizen.get(f"{path}/documents/{documents[1]['id']}")
    assert paper["Content-Type"] == "application/pdf"
    assert b"".join(paper).startswith(b"%PDF-")
    [attachment] = said(citizen.get(path))["attachments"]
    assert b"".join(clerk.get(f"{path}/attachments/{attachment['id']}")).startswith(b"%PDF-")
    history = said(citizen.get(f"{path}/history"))["items"]
    assert [row["step"] for row in history] == [
        "submit", "accept", "forward", "claim", "propose", "approve", "hand_over",
    ]  # fmt: skip
    assert next(row for row in history if row["step"] == "propose")["reason"] == ""
    tracked = said(Program(None).get("/tracking", code=dossier["code"], secret=dossier["lookup_secret"]))
    assert (tracked["state"], "answers" in tracked) == ("returned", False)


def test_a_supplement_is_asked_for_and_answered(office: Office) -> None:
    path, version = a_filed(office)
    citizen, clerk = Program(office.citizen), Program(office.clerk)
    need = {"key": "birth_record", "need": "Chụp lại cho rõ"}

    asked = said(clerk.post(f"{path}/ask-supplement", {"seen": version, "reason": REASON, "items": [need]}))
    assert asked["supplements"][0]["items"] == [need]
    file = said(citizen.hand_in(a_pdf()))
    strange = citizen.post(f"{path}/supplement", {"seen": 2, "answers": {"child_name": "Khác"}})
    assert problem(strange) == (422, "cases.not_answerable")
    answered = said(citizen.post(f"{path}/supplement", {"seen": 2, "papers": {"birth_record": [file["id"]]}}))

    assert (answered["state"], len(answered["attachments"])) == ("submitted", 2)


def test_a_withdrawal_is_asked_for_denied_and_granted(office: Office) -> None:
    path, version = a_filed(office, State.PROCESSING)
    citizen, clerk = Program(office.citizen), Program(office.clerk)

    asked = citizen.post(f"{path}/ask-withdrawal", {"seen": version})
    denied = clerk.post(f"{path}/deny-withdrawal", {"reason": REASON}, If_Match=asked["ETag"])
    assert said(denied)["state"] == "processing"
    again = citizen.post(f"{path}/ask-withdrawal", {"reason": "Đổi ý"}, If_Match=denied["ETag"])
    granted = clerk.post(f"{path}/grant-withdrawal", If_Match=again["ETag"])

    assert said(granted)["state"] == "stopped"


def test_money_a_new_date_and_refusals_at_every_desk(office: Office) -> None:
    clerk, handler, leader = (Program(actor) for actor in (office.clerk, office.handler, office.leader))

    path, version = a_filed(office)
    assert said(clerk.post(f"{path}/decline", {"seen": version, "reason": REASON}))["state"] == "not_accepted"

    path, version = a_filed(office, State.PROCESSING)
    asked = handler.post(f"{path}/require-payment", {"seen": version, "reason": REASON})
    paid = clerk.post(f"{path}/confirm-payment", {"receipt_no": "BL-1"}, If_Match=asked["ETag"])
    due_at = {"new_due_at": "2027-03-03T10:00:00+07:00", "reason": REASON}
    promised = leader.post(f"{path}/reappoint", due_at, If_Match=paid["ETag"])
    assert said(promised)["due_at"].startswith("2027-03-03T03:00")
    proposed = handler.post(f"{path}/propose", {"proposal": "Đề nghị từ chối."}, If_Match=promised["ETag"])
    back = leader.post(f"{path}/send-back", {"reason": REASON}, If_Match=proposed["ETag"])
    again = handler.post(f"{path}/propose", {"proposal": "Vẫn đề nghị từ chối."}, If_Match=back["ETag"])
    assert (
        said(leader.post(f"{path}/reject", {"reason": REASON}, If_Match=again["ETag"]))["state"] == "stopped"
    )


def test_a_clerk_takes_a_dossier_in_at_the_counter(office: Office) -> None:
    clerk = Program(office.clerk)
    assert office.citizen.person_id
    person = identity.person(PersonId(office.citizen.person_id))
    intake = {
        "procedure_code": BIRTH,
        "applicant_personal_id": person.personal_id,
        "answers": GOOD_ANSWERS[BIRTH],
        "papers_seen": ["birth_record"],
    }

    view = said(clerk.post("/dossiers/register", intake))

    assert (view["state"], view["channel"], view["lookup_secret"]) == ("accepted", "counter", "")
    nobody = clerk.post("/dossiers/register", intake | {"applicant_personal_id": "064195999999"})
    assert problem(nobody) == (404, "identity.unknown_person")
    assert problem(clerk.post("/dossiers/register", intake | {"answers": {}}))[1] == "catalogue.bad_answers"


def test_a_file_comes_piece_by_piece_over_a_bad_line(office: Office) -> None:
    citizen, body = Program(office.citizen), a_pdf()
    half = len(body) // 2
    begun = citizen.post("/uploads", {"name": "giay.pdf", "size_bytes": len(body)})
    path = begun["Location"].removeprefix("/api/v1")

    def piece(start: int, part: bytes, *, checksum: bytes | None = None, kind: str = PIECE) -> int:
        digest = base64.b64encode(hashlib.sha256(part if checksum is None else checksum).digest()).decode()
        sent = {"Upload_Offset": str(start), "Upload_Checksum": f"sha256 {digest}"}
        return citizen.send("PATCH", path, raw=part, kind=kind, **sent).status_code

    assert piece(0, body[:half], checksum=b"damaged") == 422
    assert piece(0, body[:half], kind="text/plain") == 415
    assert piece(0, body[:half]) == 200
    assert citizen.client.head(f"/api/v1{path}")["Upload-Offset"] == str(half)
    assert piece(0, body[:half]) == 409
    assert problem(citizen.post(f"{path}/finish")) == (409, "files.unfinished")
    assert piece(half, body[half:]) == 200
    finished = citizen.post(f"{path}/finish")
    file = said(finished)

    assert (finished.status_code, file["sha256"]) == (201, hashlib.sha256(body).hexdigest())
    assert said(citizen.get(f"/files/{file['id']}")) == file
    assert said(citizen.post(f"{path}/finish"))["id"] == file["id"]
    stranger = Program(a_citizen())
    assert problem(stranger.get(f"/files/{file['id']}")) == (404, "files.unknown")
    assert problem(stranger.get(path)) == (404, "files.unknown_upload")
    assert citizen.send("DELETE", path).status_code == 204
    assert problem(citizen.get(path)) == (404, "files.unknown_upload")


def test_what_is_no_paper_is_refused(office: Office) -> None:
    citizen = Program(office.citizen)

    assert problem(citizen.hand_in(an_exe(), "giay.pdf"))[0] == 422
    assert problem(citizen.hand_in(b"", "giay.pdf")) == (422, "files.empty")
    huge = {"name": "phim.pdf", "size_bytes": 2 * 2**30}
    assert problem(citizen.post("/uploads", huge)) == (422, "files.too_large")
    assert problem(citizen.hand_in(bytes(6_000_000))) == (413, "api.too_large")
    broken = citizen.send("POST", "/files", raw=b"--x", kind="multipart/form-data")
    assert problem(broken)[0] in {400, 422}
    assert problem(citizen.post("/files"))[0] == 422


def test_a_draft_saved_elsewhere_is_not_overwritten(office: Office) -> None:
    citizen = Program(office.citizen)
    begun = citizen.post("/drafts", {"procedure_code": BIRTH})
    path = begun["Location"].removeprefix("/api/v1")
    change = {"answers": {"child_name": "Bảo"}}

    saved = citizen.send("PATCH", path, change, If_Match=begun["ETag"])

    assert said(saved)["answers"]["child_name"] == "Bảo"
    assert problem(citizen.send("PATCH", path, change, If_Match=begun["ETag"])) == (
        412,
        "cases.draft_changed",
    )
    assert problem(citizen.send("PATCH", path, change, If_Match='W/"2"'))[0] == 412
    assert problem(citizen.send("PATCH", path, change | {"seen": 1})) == (409, "cases.draft_changed")
    assert problem(citizen.send("PATCH", path, change)) == (428, "api.version_missing")
    assert citizen.send("PATCH", path, change, If_Match="*").status_code == 200
    assert said(citizen.get("/drafts"))["items"][0]["id"] == said(begun)["id"]
    assert citizen.send("DELETE", path).status_code == 204
    assert problem(citizen.get(path)) == (404, "cases.unknown_draft")


def test_what_a_draft_lacks_is_said_at_once_and_filing_it_names_the_fields(office: Office) -> None:
    citizen = Program(office.citizen)
    path = citizen.post("/drafts", {"procedure_code": BIRTH})["Location"].removeprefix("/api/v1")

    check = said(citizen.get(f"{path}/check"))
    refused = citizen.post(f"{path}/submit")

    assert (check["is_ready"], check["needs_agency"], check["fee_dong"]) == (False, True, None)
    assert {"path": "child_name", "code": "required"} in check["fields"]
    assert [paper["key"] for paper in check["papers"]] == ["birth_record"]
    assert problem(refused) == (422, "catalogue.bad_answers")
    assert b'"path": "child_name"' in refused.content


def test_papers_are_laid_in_and_taken_out(office: Office) -> None:
    citizen = Program(office.citizen)
    path = a_full_draft(citizen, office)
    [laid] = said(citizen.get(path))["attachments"]

    assert b"".join(citizen.get(f"{path}/papers/{laid['id']}")).startswith(b"%PDF-")
    assert citizen.send("DELETE", f"{path}/papers/{laid['id']}").status_code == 204
    assert problem(citizen.get(f"{path}/papers/{laid['id']}")) == (404, "cases.unknown_document")
    theirs = said(Program(a_citizen()).hand_in(a_pdf()))
    stolen = citizen.post(f"{path}/papers", {"paper": "birth_record", "file_id": theirs["id"]})
    assert problem(stolen) == (404, "files.unknown")


def test_filing_sent_twice_makes_one_dossier_and_one_answer(office: Office) -> None:
    citizen = Program(office.citizen)
    path = a_full_draft(citizen, office)

    first = citizen.post(f"{path}/submit", key="once")
    again = citizen.post(f"{path}/submit", key="once")
    fresh_key = citizen.post(f"{path}/submit")

    assert (again.content, again["Location"], again["ETag"]) == (
        first.content,
        first["Location"],
        first["ETag"],
    )
    assert again["Idempotency-Replayed"] == "true"
    assert said(fresh_key)["id"] == said(first)["id"]
    assert len(said(citizen.get("/dossiers"))["items"]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_counts() -> None:
    office = an_office()
    path, version = a_filed(office, State.PROCESSING)
    proposed = said(Program(office.handler).post(f"{path}/propose", {"proposal": REASON, "seen": version}))
    leader = Program(office.leader)
    start, answers = threading.Barrier(2, timeout=10), []

    def approve() -> None:
        start.wait()
        answers.append(leader.post(f"{path}/approve", {"seen": proposed["version"]}))
        connection.close()

    threads = [threading.Thread(target=approve) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    documents = said(leader.get(f"{path}/documents"))["items"]
    assert [document["kind"] for document in documents] == ["receipt", "result"]


def test_a_step_on_an_older_version_is_refused(office: Office) -> None:
    path, version = a_filed(office)
    clerk = Program(office.clerk)

    assert problem(clerk.post(f"{path}/accept")) == (428, "api.version_missing")
    assert problem(clerk.post(f"{path}/accept", {"seen": version + 1})) == (409, "cases.moved_on")
    assert problem(clerk.post(f"{path}/accept", If_Match='"9"')) == (412, "cases.moved_on")
    assert problem(clerk.post(f"{path}/approve", {"seen": version})) == (403, "kernel.not_permitted")
    assert problem(clerk.post(f"{path}/forward", {"seen": version})) == (409, "cases.illegal_step")


def test_an_officer_searches_the_inbox_and_walks_on_by_link(office: Office) -> None:
    codes = {cases.a_dossier(office).code for _ in range(3)}
    clerk = Program(office.clerk)

    seen, url = [], "/api/v1/dossiers?tab=to_do&limit=2"
    while url:
        page = clerk.client.get(url)
        seen += [row["code"] for row in page.json()["items"]]
        url = page.get("Link", "").partition(">")[0].removeprefix("<")

    assert (set(seen), len(seen)) == (codes, 3)
    one = min(codes)
    assert [row["code"] for row in said(clerk.get("/dossiers", q=one))["items"]] == [one]
    assert said(clerk.get("/dossiers", tab="finished", q=one))["items"] == []


def test_secrets_of_receipts_cannot_be_tried_out(office: Office) -> None:
    stranger, view = Program(None), cases.a_dossier(office)

    tries = [stranger.get("/tracking", code=view.code, secret=f"GUESS{n}") for n in range(31)]

    assert {problem(answer) for answer in tries[:30]} == {(404, "cases.unknown_dossier")}
    assert problem(tries[30]) == (429, "api.too_many_requests")


def test_a_dossier_is_filed_for_an_organisation_and_listed_under_it(office: Office) -> None:
    citizen = Program(office.citizen)
    assert office.citizen.person_id is not None
    company = an_organisation("Công ty TNHH Gỗ Biển Hồ", represented_by=PersonId(office.citizen.person_id))
    draft = cases.a_draft(office, CERTIFIED_COPY)
    path = f"/drafts/{draft.id}"

    def saved(**typed: object) -> dict[str, object]:
        seen = said(citizen.get(path))["revision"]
        return dict(said(citizen.send("PATCH", path, {"seen": seen, **typed})))

    named = saved(organisation_id=str(company.id))
    kept = saved(answers={})
    own = saved(organisation_id=None)
    saved(organisation_id=str(company.id))
    dossier = said(citizen.post(f"{path}/submit"))

    assert named["organisation_id"] == kept["organisation_id"] == str(company.id)
    assert own["organisation_id"] is None
    assert (dossier["applicant_kind"], dossier["applicant_name"]) == ("organisation", company.name)
    listed = said(citizen.get("/dossiers", organisation_id=str(company.id)))["items"]
    assert [row["id"] for row in listed] == [dossier["id"]]


def test_nothing_is_saved_in_the_name_of_an_organisation_one_does_not_represent(office: Office) -> None:
    citizen, draft = Program(office.citizen), cases.a_draft(office, CERTIFIED_COPY)
    other = an_organisation("Công ty Người Khác")
    typed = {"seen": draft.revision, "answers": {"applicant_phone": "0"}, "organisation_id": str(other.id)}

    refused = citizen.send("PATCH", f"/drafts/{draft.id}", typed)

    assert problem(refused) == (403, "identity.not_representative")
    assert said(citizen.get(f"/drafts/{draft.id}"))["revision"] == draft.revision
    assert problem(citizen.get("/dossiers", organisation_id=str(other.id))) == (
        403,
        "identity.not_representative",
    )
