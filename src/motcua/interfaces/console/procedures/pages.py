"""Pages of definitions: the version in force, and dossiers that still follow an earlier one."""

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.cases import commands as case_deeds
from motcua.domain.cases import queries as cases
from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import ProcedureView
from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_auditors, today
from motcua.kernel import clock
from motcua.kernel.actors import Role


@for_auditors
@require_safe
def definition(request: ActedRequest, code: str) -> HttpResponse:
    """Show the version of a procedure in force, and its definition as it can be published again."""
    view = queries.procedure(code, on=today())
    facts = {
        "view": view,
        "name": view.definition.name.to(get_language() or "vi"),
        "facts": _facts(view),
        "text": _text(view),
        "may_act": request.actor.role is Role.ADMIN,
    }
    return render(request, "console/procedures/definition.html", facts)


@for_auditors
@require_http_methods(["GET", "HEAD", "POST"])
def followers(request: ActedRequest, code: str) -> HttpResponse:
    """List unfinished dossiers under earlier versions; move those that can go on under the one in force."""
    view = queries.procedure(code, on=today())
    listed = cases.on_earlier_versions(code, on=today(), actor=request.actor)
    if request.method == "POST":
        moved = 0
        for one in listed:
            if one.can_follow:
                case_deeds.follow_version(one.id, actor=request.actor, at=clock.now())
                moved += 1
        messages.success(request, _("Đã chuyển %(n)d hồ sơ sang phiên bản đang hiệu lực.") % {"n": moved})
        return redirect("console:followers", code)
    facts = {
        "view": view,
        "name": view.definition.name.to(get_language() or "vi"),
        "listed": listed,
        "able": sum(one.can_follow for one in listed),
        "may_act": request.actor.role is Role.ADMIN,
    }
    return render(request, "console/procedures/followers.html", facts)


def _text(view: ProcedureView) -> str:
    """Return the definition of a version as an administrator would write it."""
    raw = view.definition.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=100)


def _facts(view: ProcedureView) -> list[tuple[str, object]]:
    said = view.definition
    return [
        (_("Mã thủ tục"), view.code),
        (_("Phiên bản"), view.version),
        (_("Có hiệu lực từ"), formats.day(view.valid_from)),
        (_("Đến"), formats.day(view.valid_to) if view.valid_to else _("khi có phiên bản mới")),
        (_("Quyết định công bố"), said.decision),
        (_("Số câu hỏi"), len(said.fields)),
        (_("Số thành phần hồ sơ"), len(said.papers)),
    ]
