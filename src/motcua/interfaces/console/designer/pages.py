"""The designer: write a definition part by part, see what it becomes, try it, prove it, publish it by two."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.types import (
    BadDefinition,
    Definition,
    DraftId,
    DraftMovedOn,
    DraftState,
    DraftTaken,
    DraftView,
    StillFaulty,
)
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.interfaces.console.designer import previews, tree, words
from motcua.interfaces.console.designer.forms import PartForm
from motcua.interfaces.console.designer.kinds import attributes, model_at
from motcua.interfaces.design import paper_forms
from motcua.interfaces.design.access import ActedRequest, for_seats, today
from motcua.interfaces.design.proof_words import said
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid

LONGEST_FILE: Final = 2_000_000  #: bytes
PREVIEWS: Final[Mapping[str, Callable[[Definition], bytes]]] = {
    "result.pdf": queries.sample_result,
    "result.svg": queries.sample_picture,
    "form.pdf": paper_forms.printed,
    "form.svg": paper_forms.drawn,
}
for_editors = for_seats(Role.ADMIN, Role.LEADER, Role.AUDITOR)
for_signers = for_seats(Role.ADMIN, Role.LEADER)
for_writers = for_seats(Role.ADMIN)


class StartForm(forms.Form):
    """Which procedure to write, and from what."""

    code = forms.RegexField(
        r"^[1-9]\.[0-9]{6}$",
        label=gettext_lazy("Mã thủ tục"),
        help_text=gettext_lazy("Ví dụ 1.001193. Mã đã có thì soạn từ phiên bản đang hiệu lực."),
        widget=forms.TextInput(attrs={"class": "w-12 num", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Mã có dạng 1.001193.")},
    )
    like = forms.RegexField(
        r"^[1-9]\.[0-9]{6}$",
        required=False,
        label=gettext_lazy("Chép từ thủ tục"),
        help_text=gettext_lazy("Để trống nếu bắt đầu từ đầu."),
        widget=forms.TextInput(attrs={"class": "w-12 num", "autocomplete": "off"}),
    )


class PublishForm(forms.Form):
    """From when a definition is in force."""

    valid_from = forms.DateField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-12"}, format="%Y-%m-%d"),
    )


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: ActedRequest) -> HttpResponse:
    """List the definitions in the making, and begin one."""
    may_write = request.actor.role is Role.ADMIN
    form = StartForm(request.POST or None, initial={"code": request.GET.get("ma", "")})
    if request.method == "POST" and may_write and form.is_valid():
        try:
            draft = _started(request, form.cleaned_data["code"], form.cleaned_data["like"])
        except DraftTaken:
            form.add_error("code", _("Thủ tục này đã có bản đang soạn, xem ở danh sách."))
        except Invalid:
            form.add_error("like", _("Không bắt đầu được từ thủ tục này."))
        else:
            return redirect("console:draft", draft.id)
    listed = queries.definition_drafts(actor=request.actor)
    facts = {"drafts": listed, "people": _people(listed), "form": form if may_write else None}
    return render(request, "console/designer/drafts.html", facts)


@for_editors
@require_safe
def draft(request: ActedRequest, definition_id: UUID) -> HttpResponse:
    """Show a definition in the making whole: its parts, its faults, what can be done with it."""
    return _overview(request, queries.definition_draft(DraftId(definition_id), actor=request.actor))


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: ActedRequest, definition_id: UUID, path: str = "") -> HttpResponse:
    """Edit one part; beside it what the citizen or the officer would see."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    model = model_at(path)
    if model is None:
        return redirect("console:draft", view.id)
    here = _part(view, path)
    if tree.is_list(path):
        return _page(request, view, path, None)
    if request.method == "POST" and request.actor.role is Role.ADMIN:
        return _written(request, view, path, here)
    return _page(request, view, path, _form_of(view, path, here if isinstance(here, Mapping) else {}))


@for_writers
@require_POST
def change(request: ActedRequest, definition_id: UUID) -> HttpResponse:
    """Add, move or take away an item of a list."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    path, deed = request.POST.get("path", ""), request.POST.get("deed", "")
    content = _after(view.content, deed, path)
    _save(request, view, content)
    if deed == "add":
        return redirect("console:part", view.id, f"{path}.{len(queries.part_of(content, path)) - 1}")
    return redirect("console:part", view.id, path.rpartition(".")[0])


@for_editors
@require_safe
def trial(request: ActedRequest, definition_id: UUID) -> HttpResponse:
    """Run the test cases and the proof, and say what they found."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    trials = () if view.faults else queries.tried(queries.drafted(view))
    proof = None if view.faults else queries.prove_text(queries.laid_down(view.content))
    findings = [
        (found, said(found), tree.page_of(found.where), tree.place_of(view, found.where))
        for found in (proof.findings if proof else ())
    ]
    facts = {"draft": view, "trials": trials, "proof": proof, "findings": findings}
    return render(request, "console/designer/trial.html", facts)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActedRequest, definition_id: UUID) -> HttpResponse:
    """Show the whole definition as the text of a file; take one in its place."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    fault = ""
    text = queries.laid_down(view.content)
    if request.method == "POST" and request.actor.role is Role.ADMIN:
        text = request.POST.get("text", "")[:LONGEST_FILE].replace("\r\n", "\n")
        try:
            content = queries.read_plain(text)
        except BadDefinition as refusal:
            fault = _first_fault(refusal)
        else:
            if isinstance(content, dict):
                _save(request, view, content)
                messages.success(request, _("Đã ghi."))
                return redirect("console:draft", view.id)
            fault = _("Tệp cần là các mục “tên: giá trị”.")
    if request.GET.get("tai"):
        headers = {"Content-Disposition": f'attachment; filename="{view.code}.yaml"'}
        return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)
    facts = {"draft": view, "text": text, "fault": fault, "may_write": request.actor.role is Role.ADMIN}
    return render(request, "console/designer/file.html", facts)


@for_editors
@require_safe
def preview(request: ActedRequest, definition_id: UUID, kind: str) -> HttpResponse:
    """Return the paper form, or the result printed for the first test case: as PDF, or its first page as a picture."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    if view.faults or kind not in PREVIEWS:
        return redirect("console:draft", view.id)
    definition = queries.drafted(view)
    printed = PREVIEWS[kind](definition)
    if kind.endswith(".svg"):
        return HttpResponse(printed, content_type="image/svg+xml")
    headers = {"Content-Disposition": f'inline; filename="{view.code}.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


@for_signers
@require_POST
def deed(request: ActedRequest, definition_id: UUID) -> HttpResponse:
    """Send for publication, return, agree and publish, or give up."""
    view = queries.definition_draft(DraftId(definition_id), actor=request.actor)
    seen, actor, at = _seen(request), request.actor, clock.now()
    form = PublishForm(request.POST)
    try:
        match request.POST.get("deed"):
            case "submit":
                commands.submit_definition(view.id, seen=seen, actor=actor, at=at)
                messages.success(request, _("Đã trình công bố. Người thứ hai cần xem và đồng ý."))
            case "return":
                commands.return_definition(view.id, seen=seen, actor=actor, at=at)
            case "discard":
                commands.discard_definition(view.id, seen=seen, actor=actor, at=at)
                return redirect("console:drafts")
            case "approve" if form.is_valid():
                day = form.cleaned_data["valid_from"]
                commands.approve_definition(view.id, seen=seen, valid_from=day, actor=actor, at=at)
                messages.success(request, _("Đã công bố."))
                return redirect("console:drafts")
    except (StillFaulty, BadDefinition) as refusal:
        messages.error(request, sentence(refusal.code, refusal.facts))
        return redirect("console:trial", view.id)
    return redirect("console:draft", view.id)


def _overview(request: ActedRequest, view: DraftView) -> HttpResponse:
    role, state = request.actor.role, view.state
    is_own = request.actor.person_id in {view.written_by, view.submitted_by}
    facts = {
        "draft": view,
        "chapters": tree.chapters(view),
        "faults": _told(view),
        "may_write": role is Role.ADMIN and state in {DraftState.WRITING, DraftState.SUBMITTED},
        "may_submit": role is Role.ADMIN and state is DraftState.WRITING,
        "may_approve": role in {Role.ADMIN, Role.LEADER} and state is DraftState.SUBMITTED and not is_own,
        "publish": PublishForm(initial={"valid_from": view.content.get("valid_from") or today()}),
        "people": _people([view]),
    }
    return render(request, "console/designer/draft.html", facts)


def _part(view: DraftView, path: str) -> Any:  # noqa: ANN401 - plain data of any shape
    """Return what stands at ``path``; a part named by the grammar and not yet written is empty."""
    parent, _dot, last = path.rpartition(".")
    if last and not last.isdigit():
        holder = queries.part_of(view.content, parent)
        return holder.get(last, [] if tree.is_list(path) else {}) if isinstance(holder, Mapping) else {}
    return queries.part_of(view.content, path)


def _page(request: ActedRequest, view: DraftView, path: str, form: PartForm | None) -> HttpResponse:
    model = model_at(path)
    assert model is not None
    if form is None:
        name = words.name_of("Definition", path.rpartition(".")[2])
        lists = [tree.listing(view, path, name, _part(view, path))]
        singles: list[tuple[str, str]] = []
    else:
        lists = list(tree.listings(view, path, model, form.part))
        singles = tree.singles(path, model)
    facts = {
        "draft": view,
        "path": path,
        "form": form,
        "lists": lists,
        "singles": singles,
        "chapters": tree.chapters(view),
        "crumbs": (crumbs := tree.crumbs(view, path)),
        "title": crumbs[-1][1] if crumbs else _("Thông tin chung"),
        "chapter": path.partition(".")[0],
        "may_write": request.actor.role is Role.ADMIN,
        "preview": previews.beside(view, path),
    }
    return render(request, "console/designer/part.html", facts)


def _form_of(view: DraftView, path: str, here: Mapping[str, Any], data: Any = None) -> PartForm:  # noqa: ANN401
    model = model_at(path)
    assert model is not None
    form = PartForm(model, here, data, options=tree.options(view, path))
    names = {each.name for each in attributes(model)}
    start = f"{path}." if path else ""
    found = {
        fault.where[len(start) :].partition(".")[0]: words.fault_of(fault.what, fault.at)
        for fault in reversed(view.faults)
        if fault.where.startswith(start) or fault.where == path
    }
    form.lay_faults({name: said for name, said in found.items() if name in names or not name})
    return form


def _written(request: ActedRequest, view: DraftView, path: str, here: object) -> HttpResponse:
    """Keep what was typed, right or wrong, and show what is wrong with it."""
    model = model_at(path)
    assert model is not None
    before = here if isinstance(here, Mapping) else {}
    value = PartForm(model, before, request.POST).value()
    content: Mapping[str, Any] = view.content
    old, new = before.get("key"), value.get("key")
    if model.__name__ == "FormField" and old and new and old != new:
        content = queries.with_question_renamed(content, str(old), str(new))
    content = queries.with_part(content, path, value) if path else {**content, **value}
    try:
        saved = _save(request, view, content)
    except DraftMovedOn as refusal:
        messages.error(request, sentence(refusal.code, refusal.facts))
        return _page(request, view, path, _form_of(view, path, value, request.POST))
    messages.success(request, _("Đã ghi."))
    if tree.faults_under(saved, path):
        return redirect(
            reverse("console:part", args=[view.id, path])
            if path
            else reverse("console:general", args=[view.id])
        )
    return redirect(_above(view, path))


def _above(view: DraftView, path: str) -> str:
    parent = path.rpartition(".")[0]
    return _address(view, parent) if parent else reverse("console:draft", args=[view.id])


def _address(view: DraftView, path: str) -> str:
    return (
        reverse("console:part", args=[view.id, path]) if path else reverse("console:general", args=[view.id])
    )


def _after(content: Mapping[str, Any], deed: str, path: str) -> Mapping[str, Any]:
    match deed:
        case "add":
            kind = path.rpartition(".")[2]
            return queries.with_item(content, path, queries.blank_item(kind, _keys(content)))
        case "up" | "down":
            return queries.with_item_moved(content, path, -1 if deed == "up" else 1)
        case "remove":
            return queries.without_part(content, path)
        case _:
            return content


def _keys(here: object) -> set[str]:
    """Return every key that occurs anywhere in a definition."""
    if isinstance(here, Mapping):
        own = {str(here[name]) for name in ("key", "value") if name in here}
        return own.union(*(_keys(each) for each in here.values()))
    return set().union(*(_keys(each) for each in here)) if isinstance(here, list) else set()


def _save(request: ActedRequest, view: DraftView, content: Mapping[str, Any]) -> DraftView:
    return commands.write_definition(
        view.id, content, seen=_seen(request), actor=request.actor, at=clock.now()
    )


def _seen(request: ActedRequest) -> int:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isdecimal() else 0


def _started(request: ActedRequest, code: str, like: str) -> DraftView:
    on = today()
    known = set(queries.codes())
    source = code if code in known else like
    base = queries.procedure(source, on=on).version_id if source else None
    return commands.start_definition(code, base=base, actor=request.actor, at=clock.now())


def _told(view: DraftView) -> list[tuple[str, str, str]]:
    """Return (path to open, place in words, what is wrong) of every fault."""
    return [
        (tree.page_of(fault.where), tree.place_of(view, fault.where), words.fault_of(fault.what, fault.at))
        for fault in view.faults
    ]


def _people(drafts: list[DraftView]) -> dict[UUID, str]:
    ids = {each for one in drafts for each in (one.written_by, one.submitted_by, one.approved_by) if each}
    return {pk: person.full_name for pk, person in identity.persons({PersonId(pk) for pk in ids}).items()}


def _first_fault(refusal: BadDefinition) -> str:
    faults = refusal.facts["faults"]
    assert isinstance(faults, list)
    return words.fault_of(faults[0]["what"], faults[0]["says"])
