"""One's dossiers, and one dossier: where it stands and why, what was sent, what was issued."""

from typing import Final
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.cases import commands as deeds
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import (
    DocumentId,
    DocumentKind,
    DossierId,
    DossierView,
    State,
    Step,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import NotRepresentative, OrganisationId, OrganisationView
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.design.deadlines import sentences
from motcua.interfaces.portal.answers import shown_sections
from motcua.interfaces.portal.dossiers import timeline
from motcua.interfaces.portal.filing.uploads import answered
from motcua.interfaces.portal.home.pages import days_left
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.clock import local_date, now
from motcua.platform.files import queries as stored

LONGEST_REASON: Final = 2_000


@for_people
@never_cache
@require_safe
def dossiers(request: ActedRequest) -> HttpResponse:
    """List one's drafts and dossiers, newest first; with ``cho``, those of one organisation."""
    at, after = now(), request.GET.get("sau") or None
    represented = identity.organisations_of(cases.person_of(request.actor), on=local_date(at))
    chosen = _chosen(request.GET.get("cho", ""))
    if chosen is None:
        page = cases.dossiers_of(actor=request.actor, at=at, after=after)
    else:
        page = cases.dossiers_of_organisation(chosen, actor=request.actor, at=at, after=after)
    names = catalogue.names({row.procedure_code for row in page.items}, on=local_date(at))
    drafts = [
        draft
        for draft in ([] if after else cases.drafts_of(actor=request.actor))
        if chosen in {None, draft.organisation_id}
    ]
    facts = {
        "represented": represented,
        "chosen": chosen,
        "drafts": [(draft, catalogue.version(draft.version_id).definition) for draft in drafts],
        "rows": [(row, names.get(row.procedure_code), days_left(row, at)) for row in page.items],
        "next": page.next_cursor,
        "is_first": after is None,
    }
    return render(request, "portal/dossiers/list.html", facts)


@for_people
@never_cache
@require_safe
def dossier(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show one dossier whole."""
    view = _own(request, dossier_id)
    definition = catalogue.version(view.version_id).definition
    office = agencies.agency(view.agency_id)
    appointment = cases.appointment(view)
    asked = view.supplements[-1] if view.state is State.SUPPLEMENT_REQUESTED else None
    facts = {
        "dossier": view,
        "definition": definition,
        "office": office,
        "moments": timeline.of_own(view, definition, office.short_name or office.name),
        "because": sentences(appointment, language()) if appointment else [],
        "sections": shown_sections(definition, view.answers, language(), today=local_date(view.submitted_at)),
        "organisation": _organisation(view),
        "papers": [
            (paper, [a for a in view.attachments if a.paper == paper.key])
            for paper in definition.papers
            if any(a.paper == paper.key for a in view.attachments)
        ],
        "fees": catalogue.fee_lines(cases.form_of(view)),
        "results": [document for document in view.documents if document.kind is DocumentKind.RESULT],
        "asked": asked,
        "days_left": (asked.answer_by - local_date(now())).days if asked else None,
        "may_withdraw": Step.ASK_WITHDRAWAL in cases.steps_open(view, actor=request.actor),
        "payment": _payment_notice(view),
    }
    return render(request, "portal/dossiers/dossier.html", facts)


@for_people
@never_cache
@require_safe
def filed(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Confirm a filing: its code, by when the office answers, what happens then."""
    view = _own(request, dossier_id)
    facts = _receipt(view) | {"definition": catalogue.version(view.version_id).definition}
    return render(request, "portal/dossiers/filed.html", facts)


@for_people
@never_cache
@require_safe
def receipt(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show the receipt on screen, with the code to follow the dossier without an account."""
    view = _own(request, dossier_id)
    definition = catalogue.version(view.version_id).definition
    appointment = cases.appointment(view)
    facts = _receipt(view) | {
        "definition": definition,
        "papers": [p for p in definition.papers if any(a.paper == p.key for a in view.attachments)],
        "document": next((d for d in view.documents if d.kind is DocumentKind.RECEIPT), None),
        "because": sentences(appointment, language()) if appointment else [],
    }
    return render(request, "portal/dossiers/receipt.html", facts)


@for_people
@require_safe
def attachment(request: ActedRequest, dossier_id: UUID, attachment_id: UUID) -> StreamingHttpResponse:
    """Hand out a paper that was sent."""
    found = cases.attachment(DossierId(dossier_id), attachment_id, actor=request.actor)
    return answered(found)


@for_people
@require_safe
def document(request: ActedRequest, dossier_id: UUID, document_id: UUID) -> StreamingHttpResponse:
    """Hand out an issued document; it is printed the first time it is asked for."""
    file_id = deeds.printed(DocumentId(document_id), DossierId(dossier_id), actor=request.actor, at=now())
    file = stored.file(file_id)
    return StreamingHttpResponse(stored.read(file_id), headers=stored.answer_headers(file, inline=True))


@for_people
@require_POST
def withdraw(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Ask to take the dossier back."""
    seen = request.POST.get("seen", "")
    deeds.ask_withdrawal(
        DossierId(dossier_id),
        request.POST.get("reason", "")[:LONGEST_REASON].replace("\x00", ""),
        actor=request.actor,
        at=now(),
        seen=int(seen) if seen.isdecimal() else None,
    )
    messages.success(request, _("Đã gửi đề nghị rút. Hồ sơ tạm dừng cho đến khi bộ phận một cửa trả lời."))
    return redirect("portal:dossier", dossier_id)


def _chosen(sent: str) -> OrganisationId | None:
    """Return the organisation asked for. What is no id at all is answered like one nobody represents."""
    if not sent:
        return None
    try:
        return OrganisationId(UUID(sent))
    except ValueError:
        raise NotRepresentative(organisation_id=sent) from None


def _organisation(view: DossierView) -> OrganisationView | None:
    return identity.organisation(view.organisation_id) if view.organisation_id else None


def _own(request: ActedRequest, dossier_id: UUID) -> DossierView:
    return cases.dossier(DossierId(dossier_id), actor=request.actor)


def _receipt(view: DossierView) -> dict[str, object]:
    """Return what a receipt shows whatever state the dossier is in."""
    address = f"{settings.NODE.base_url}{reverse('portal:track')}?ma={view.code}&khoa={view.lookup_secret}"
    organisation = _organisation(view)
    return {
        "dossier": view,
        "organisation": organisation,
        "submitter": identity.person(view.applicant_id).full_name if organisation else view.applicant_name,
        "office": agencies.agency(view.agency_id),
        "address": address,
        "qr": _qr(address),
    }


def _qr(text: str) -> SafeString:
    drawn: str = segno.make(text, error="m").svg_inline(border=0, omitsize=True)
    return mark_safe(drawn)  # drawn by us from an address of ours


def _payment_notice(view: DossierView) -> str:
    """Return what the office wrote when it asked for money, while it waits for it."""
    if view.state is not State.PAYMENT_REQUESTED:
        return ""
    return next((row.reason for row in reversed(view.history) if row.step is Step.REQUIRE_PAYMENT), "")
