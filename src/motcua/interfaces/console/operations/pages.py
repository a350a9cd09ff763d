"""Pages of operations. Auditors read them; administrators also act."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_admins, for_auditors
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.platform.jobs import commands as jobs_deeds
from motcua.platform.jobs import queries as jobs
from motcua.platform.jobs.types import JobsHealth
from motcua.platform.ledger import queries as ledger
from motcua.platform.ledger.types import HeadView
from motcua.platform.notify import queries as notify
from motcua.platform.notify.types import AttemptState
from motcua.platform.outbox import commands as outbox
from motcua.platform.outbox import queries as letters
from motcua.platform.outbox.types import DeliveryId

PAGE_SIZE = 50
NEVER = "—"

#: state of an attempt to reach a person → tone, icon, words
ATTEMPTS = {
    AttemptState.WAITING: ("info", "clock", gettext_noop("Chờ gửi")),
    AttemptState.SENT: ("ok", "check", gettext_noop("Đã gửi")),
    AttemptState.FAILED: ("late", "circle-alert", gettext_noop("Không gửi được")),
    AttemptState.NOT_CONFIGURED: ("", "ban", gettext_noop("Chưa nối kênh gửi")),
    AttemptState.NO_ADDRESS: ("", "ban", gettext_noop("Không có địa chỉ")),
    AttemptState.DECLINED: ("", "ban", gettext_noop("Người nhận từ chối")),
}


@for_auditors
@require_safe
def overview(request: ActedRequest) -> HttpResponse:
    """Show whether the node works: queue, letters nobody took, failed jobs, head of the ledger."""
    health = jobs.health(clock.now())
    dead = letters.dead_letter_count()
    facts = {
        "health": health,
        "is_well": health.is_served and not health.failed and not dead,
        "queue": _queue(health),
        "dead": dead,
        "failed": jobs.failed_jobs(limit=PAGE_SIZE),
        "ledger": _ledger(ledger.latest_head(), ledger.pending()),
        "may_act": _may_act(request),
    }
    return render(request, "console/operations/overview.html", facts)


@for_admins
@require_POST
def retry_job(request: ActedRequest, job_id: int) -> HttpResponse:
    """Try a job again that was given up."""
    jobs_deeds.retry(job_id, actor=request.actor, at=clock.now())
    messages.success(request, _("Việc số %(id)d được xếp chạy lại.") % {"id": job_id})
    return redirect("console:overview")


@for_auditors
@require_safe
def dead_letters(request: ActedRequest) -> HttpResponse:
    """List the messages that wait for a person, newest first."""
    page = letters.dead_letters(after=request.GET.get("after") or None, size=PAGE_SIZE)
    return render(
        request, "console/operations/dead_letters.html", {"page": page, "may_act": _may_act(request)}
    )


@for_admins
@require_POST
def replay(request: ActedRequest, delivery_id: UUID) -> HttpResponse:
    """Try a message again."""
    outbox.replay(DeliveryId(delivery_id), actor=request.actor, at=clock.now())
    messages.success(request, _("Thông điệp được xếp gửi lại."))
    return redirect("console:dead_letters")


@for_admins
@require_POST
def discard(request: ActedRequest, delivery_id: UUID) -> HttpResponse:
    """Decide, with a reason, that a message shall not be delivered."""
    reason = request.POST.get("reason", "").strip()[:2_000]
    if not reason:
        messages.error(request, _("Hãy ghi lý do bỏ thông điệp."))
        return redirect("console:dead_letters")
    outbox.discard(DeliveryId(delivery_id), reason=reason, actor=request.actor, at=clock.now())
    messages.success(request, _("Đã bỏ thông điệp; lý do được ghi vào sổ cái."))
    return redirect("console:dead_letters")


@for_auditors
@require_safe
def deliveries(request: ActedRequest) -> HttpResponse:
    """List the attempts to reach people, newest first; addresses are masked."""
    page = notify.deliveries(after=request.GET.get("after") or None, size=PAGE_SIZE)
    lines = [(attempt, *ATTEMPTS[attempt.state]) for attempt in page.items]
    return render(request, "console/operations/deliveries.html", {"page": page, "lines": lines})


def _queue(health: JobsHealth) -> list[tuple[str, object]]:
    return [
        (_("Đang chờ chạy"), health.waiting),
        (_("Việc chờ lâu nhất, từ"), _when(health.oldest_waiting_at)),
        (_("Hẹn chạy sau"), health.scheduled),
        (_("Đang chạy"), health.running),
        (_("Tiến trình đang làm"), health.workers),
        (_("Tín hiệu gần nhất"), _when(health.last_heartbeat_at)),
    ]


def _ledger(head: HeadView | None, pending: int) -> list[tuple[str, object]]:
    if head is None:
        return [(_("Đầu cây đã ký"), _("chưa có")), (_("Chờ xếp chỗ"), pending)]
    return [
        (_("Số dòng"), head.checkpoint.size),
        (_("Gốc"), _in_groups(head.checkpoint.root.hex())),
        (_("Ký lúc"), _when(head.checkpoint.at)),
        (_("Khóa"), _in_groups(head.key_id)),
        (_("Chờ xếp chỗ"), pending),
    ]


def _in_groups(digits: str, size: int = 8) -> str:
    """Return a long number in groups, so that it can be compared by eye and breaks on a phone."""
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))


def _when(at: datetime | None) -> str:
    return formats.instant(at) if at else NEVER


def _may_act(request: ActedRequest) -> bool:
    return request.actor.role is Role.ADMIN
