"""The inbox shows what waits, costs the same however much there is, and does one deed on many dossiers."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.domain.cases import commands
from motcua.domain.cases.testing import Office, a_dossier, after
from motcua.domain.cases.types import State
from motcua.interfaces.desk.tests.conftest import NOON

pytestmark = pytest.mark.django_db
Seated = Callable[..., Client]
INBOX, TOGETHER = "/ban-lam-viec/", "/ban-lam-viec/nhieu-ho-so"
PROPOSAL = "Hồ sơ hợp lệ, đủ điều kiện. Đề nghị lãnh đạo duyệt."


def test_an_inbox_costs_the_same_for_one_and_for_many(
    office: Office, seated: Seated, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = seated(office.clerk)
    a_dossier(office)
    client.get(INBOX)

    with django_assert_max_num_queries(8) as one:
        client.get(INBOX)
    for _ in range(6):
        a_dossier(office)
    with django_assert_max_num_queries(len(one)):
        page = client.get(INBOX)

    assert page.content.decode().count("data-preview-at") == 7
    assert len(page.content) < 60_000


def test_a_leaders_cards_cost_the_same_for_one_and_for_many(
    office: Office, seated: Seated, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = seated(office.leader)

    def proposed() -> None:
        view = a_dossier(office, State.PROCESSING)
        commands.propose(view.id, PROPOSAL, actor=office.handler, at=NOON)

    proposed()
    client.get(INBOX)
    with django_assert_max_num_queries(12) as one:
        client.get(INBOX)
    for _ in range(4):
        proposed()
    with django_assert_max_num_queries(len(one)):
        page = client.get(INBOX)

    assert page.content.decode().count("Đề nghị lãnh đạo duyệt.") == 5


def test_a_list_goes_on_where_it_stopped(
    office: Office, seated: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.interfaces.desk.inbox.pages.PAGE_SIZE", 2)
    codes = {a_dossier(office).code for _ in range(3)}
    client = seated(office.clerk)

    first = client.get(INBOX)
    second = client.get(INBOX, {"sau": first.context["next"]})

    seen = {line.row.code for page in (first, second) for line in page.context["lines"]}
    assert seen == codes
    assert second.context["next"] is None


def test_what_is_overdue_is_said_in_words(office: Office, seated: Seated) -> None:
    a_dossier(office, State.PROCESSING)
    page = seated(office.handler).get(INBOX).content.decode()
    assert "làm việc" in page
    assert "Thụ lý" in page


def test_many_are_approved_in_one_go_after_a_look(office: Office, seated: Seated) -> None:
    views = [a_dossier(office, State.PROCESSING) for _ in range(3)]
    views = [commands.propose(v.id, PROPOSAL, actor=office.handler, at=NOON) for v in views]
    client = seated(office.leader)
    picked = [f"{v.id}:{v.version}" for v in views]

    preview = client.post(TOGETHER, {"buoc": "approve", "ho-so": picked})
    assert all(v.code in preview.content.decode() for v in views)
    assert {after(v, office).state for v in views} == {State.PROCESSING}

    commands.send_back(views[0].id, "Đề nghị kiểm tra lại nơi sinh.", actor=office.leader, at=NOON)
    done = client.post(TOGETHER, {"buoc": "approve", "ho-so": picked, "lam": "1"})

    assert done.context["succeeded"] == 2
    assert [after(v, office).state for v in views] == [State.PROCESSING, State.DONE, State.DONE]


def test_nonsense_among_the_picked_is_passed_over(office: Office, seated: Seated) -> None:
    view = a_dossier(office)
    data = {"buoc": "reject", "ho-so": ["x", "1:2", f"{view.id}:{view.version}"]}
    page = seated(office.clerk).post(TOGETHER, data)
    assert page.status_code == 200
    assert len(page.context["chosen"]) == 1


def test_the_preview_is_a_part_of_the_page(office: Office, seated: Seated) -> None:
    one, two = a_dossier(office), a_dossier(office)
    client = seated(office.clerk)

    whole = client.get(INBOX, {"chon": str(two.id)})
    part = client.get(INBOX, {"chon": str(two.id)}, headers={"X-Part": "preview"})

    assert whole.context["chosen"] == two.id
    assert "<html" not in part.content.decode()
    assert two.code in part.content.decode()
    assert one.code not in part.content.decode()


def test_search_finds_by_code_name_number_and_scanned_codes(office: Office, seated: Seated) -> None:
    view = a_dossier(office)
    client = seated(office.clerk)
    search = "/ban-lam-viec/tim"

    assert client.get(search, {"q": view.code}).headers["Location"].endswith(str(view.id))
    receipt = f"https://motcua.example/tra-cuu?ma={view.code}&khoa={view.lookup_secret}"
    assert client.get(search, {"q": receipt}).headers["Location"].endswith(str(view.id))
    assert view.code in client.get(search, {"q": "nguyen thi hoa"}).content.decode()
    assert view.code not in client.get(search, {"q": "khong co ai"}).content.decode()
    assert client.get(search).status_code == 200


@pytest.mark.parametrize("address", [INBOX, "/ban-lam-viec/tim"])
def test_only_officers_enter(office: Office, seated: Seated, address: str) -> None:
    assert seated(office.citizen).get(address).status_code == 403
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("tab", ["to_do", "soon", "overdue", "waiting", "finished", "nonsense"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_list_is_shown(office: Office, seated: Seated, tab: str, language: str) -> None:
    for state in State:
        a_dossier(office, state)
    for actor in (office.clerk, office.handler, office.leader):
        client = seated(actor)
        client.cookies["django_language"] = language
        assert client.get(INBOX, {"muc": tab, "q": "hoa"}).status_code == 200
