"""What can be checked about a dossier without reading it: papers, fee, numbers, what was asked for.

These help an officer look in the right place; they decide nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DossierGlance, DossierView, Due
from motcua.domain.catalogue.types import Channel, Definition
from motcua.domain.identity.types import PersonView
from motcua.interfaces.design.templatetags.motcua import money


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. Attention is asked for with ``is_fine`` false."""

    is_fine: bool
    words: str


def checks(
    view: DossierView | DossierGlance, definition: Definition, applicant: PersonView | None
) -> list[Check]:
    """Return what was checked, what needs attention first."""
    found = [*_papers(view, definition), *_numbers(view, definition, applicant), *_fee(view), *_past(view)]
    return sorted(found, key=lambda check: check.is_fine)


def attention(found: Iterable[Check]) -> list[Check]:
    """Return only what needs attention."""
    return [check for check in found if not check.is_fine]


def _papers(view: DossierView | DossierGlance, definition: Definition) -> Iterable[Check]:
    missing = cases.form_as_filed(definition, view).missing_papers(view.papers)
    if view.channel is not Channel.ONLINE:
        if missing:
            yield Check(is_fine=True, words=_("Giấy tờ giữ bản giấy, đã nhận tại quầy"))
        return
    for spec in missing:
        yield Check(is_fine=False, words=_("Thiếu: %(paper)s") % {"paper": spec.name.vi})
    if not missing and definition.papers:
        yield Check(is_fine=True, words=_("Đủ thành phần hồ sơ bắt buộc"))


def _numbers(
    view: DossierView | DossierGlance, definition: Definition, applicant: PersonView | None
) -> Iterable[Check]:
    stated = _answer_to("account.personal_id", view.answers, definition)
    if applicant is None or not applicant.personal_id or not stated:
        return
    same = stated == applicant.personal_id
    yield Check(
        is_fine=same,
        words=_("Số định danh trong đơn khớp với người nộp")
        if same
        else _("Số định danh trong đơn khác với người nộp"),
    )


def _fee(view: DossierView | DossierGlance) -> Iterable[Check]:
    if not view.fee_dong:
        return
    paid = view.fee_paid_at is not None
    words = _("Đã nộp %(fee)s") if paid else _("Chưa nộp %(fee)s")
    yield Check(is_fine=paid, words=words % {"fee": money(view.fee_dong)})


def _past(view: DossierView | DossierGlance) -> Iterable[Check]:
    answered = view.is_supplemented
    if answered is not None:
        yield Check(
            is_fine=answered,
            words=_("Đã bổ sung theo yêu cầu") if answered else _("Chưa bổ sung theo yêu cầu"),
        )
    if view.due is Due.OVERDUE:
        yield Check(is_fine=False, words=_("Đã quá hạn của bước này"))


def _answer_to(prefill: str, answers: Mapping[str, object], definition: Definition) -> str:
    key = next((field.key for field in definition.fields if field.prefill == prefill), "")
    return str(answers.get(key) or "")
