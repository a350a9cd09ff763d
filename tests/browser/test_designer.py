"""From a legal text to a filed dossier without a line of code: an administrator, a leader, a citizen."""

from collections.abc import Callable

from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import State
from tests.browser.people import Person
from tests.browser.test_journeys import as_filed
from tests.world import World

Sit = Callable[..., Person]
CODE = "9.000001"


def test_a_new_procedure_is_designed_agreed_to_and_filed_under(world: World, person: Sit) -> None:
    address = designed(person("admin"))
    agreed(person("leader"), address)
    filed(world, person("citizen A", device="phone"))


def designed(admin: Person) -> str:
    """Write a small procedure part by part and send it for publication; return where it is."""
    page = admin.page
    admin.go("/quan-tri/soan/")
    admin.finds_nothing_wrong()
    page.fill("[name=code]", CODE)
    admin.press("Bắt đầu", exact=True)
    address = page.url

    admin.press("Thông tin chung", role="link")
    words = {"name": "Xác nhận đã trồng cây", "summary": "Xác nhận hộ đã trồng cây theo kế hoạch."}
    for name, vi in words.items():
        page.fill(f"[name={name}_vi]", vi)
        page.fill(f"[name={name}_en]", "Confirmation of trees planted")
    page.fill("[name=decision]", "12/QĐ-UBND")
    admin.press("Ghi")

    a_question(admin, address)
    a_fee(admin, address)
    a_test_case(admin, address)
    page.goto(address)
    admin.finds_nothing_wrong()
    admin.press("Trình công bố")
    assert page.get_by_role("button", name="Đồng ý và công bố").count() == 0  # not one's own work
    return address


def a_question(admin: Person, address: str) -> None:
    """Ask for a number, with a check; a slip in the rule is told beside it and nothing typed is lost."""
    page = admin.page
    page.goto(f"{address}sua/sections.0.fields")
    admin.press("Thêm vào “Câu hỏi”")
    page.fill("[name=key]", "trees")
    page.select_option("[name=type]", "integer")
    page.fill("[name=label_vi]", "Số cây đã trồng")
    page.fill("[name=label_en]", "Trees planted")
    page.locator("details.spare summary").click()
    page.fill("[name=maximum]", "100000")  # without it the proof finds that the fee may overflow
    admin.press("Ghi")
    page.goto(f"{address}sua/sections.0.fields.1")
    admin.press("Thêm vào “Kiểm tra”")
    page.fill("[name=rule]", "trees >= cay")  # a slip: nothing is called so
    page.fill("[name=message_vi]", "Cần ít nhất 10 cây.")
    page.fill("[name=message_en]", "At least 10 trees.")
    admin.press("Ghi")
    assert page.get_by_text("Không có câu hỏi nào mang mã này").count() == 1
    admin.finds_nothing_wrong()
    page.fill("[name=rule]", "trees >= 10")
    admin.press("Ghi")


def a_fee(admin: Person, address: str) -> None:
    """Charge by a formula over the answer."""
    page = admin.page
    page.goto(f"{address}sua/fees")
    admin.press("Thêm vào “Phí, lệ phí”")
    page.fill("[name=basis]", "5/2026/NQ-HĐND")
    page.locator("details.spare summary").click()
    page.fill("[name=formula]", "trees * 100")
    page.fill("[name=amount]", "")
    admin.press("Ghi")


def a_test_case(admin: Person, address: str) -> None:
    """Say what must come out, and see that it does."""
    page = admin.page
    page.goto(f"{address}sua/tests")
    admin.press("Thêm vào “Ca thử”")
    page.fill("[name=name]", "mười hai cây")
    page.fill("[name=answers]", "applicant_name: Rơ Châm H’Bia\ntrees: 12")
    admin.press("Ghi")
    page.goto(f"{address}sua/tests.0.expect")
    page.locator("details.spare summary").click()
    page.fill("[name=fee_dong]", "1200")
    admin.press("Ghi")
    page.goto(f"{address}thu")
    assert page.get_by_text("Đạt", exact=True).count() == 1
    assert page.get_by_text("Phải sửa").count() == 0, page.inner_text("main")
    admin.finds_nothing_wrong()


def agreed(leader: Person, address: str) -> None:
    """Agree as the second person, in force from today."""
    leader.page.goto(address)
    leader.finds_nothing_wrong()
    leader.press("Đồng ý và công bố")
    assert leader.page.get_by_text("Đã công bố").count() >= 1, leader.page.inner_text("main")


def filed(world: World, citizen: Person) -> None:
    """Find the new procedure, file under it, and see the fee its formula gives."""
    page = citizen.page
    citizen.go(f"/thu-tuc/{CODE}")
    citizen.press("Nộp hồ sơ")
    page.goto(f"{page.url.rstrip('/')}/phan/applicant")
    page.fill("[name=a-trees]", "3")
    citizen.press("Lưu và đi tiếp")
    assert page.get_by_text("Cần ít nhất 10 cây.").count() == 2  # in the summary and beside the input
    page.fill("[name=a-trees]", "12")
    citizen.press("Lưu và đi tiếp")
    page.goto(page.url.rpartition("/")[0] + "/noi-nhan")
    if page.locator("[name=office]").count():
        page.select_option("[name=office]", str(world.office.agency_id))
        citizen.press("Lưu và đi tiếp")
    assert page.get_by_text("1.200").count() >= 1
    page.check("[name=truth]")
    citizen.press("Nộp hồ sơ")
    view = as_filed(world, page.url)
    assert (view.procedure_code, view.state, view.fee_dong) == (CODE, State.SUBMITTED, 1200)
    assert cases.form_of(view).answers["trees"] == 12
