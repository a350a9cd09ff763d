"""Pages of definitions. Auditors read them; administrators also publish."""

from typing import Final

import yaml
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.types import AlreadyPublished, BadDefinition, ProcedureView
from motcua.interfaces.design import formats
from motcua.interfaces.design.access import ActedRequest, for_admins, for_auditors, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.actors import Role

LONGEST: Final = 200_000  #: characters of a definition; the longest shipped has 9,000


class DefinitionForm(forms.Form):
    """A definition, typed or as a file."""

    file = forms.FileField(label=gettext_lazy("Tệp định nghĩa (YAML)"), required=False, max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán nội dung"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "mono"}),
        required=False,
        max_length=LONGEST,
        strip=False,
    )

    def definition(self) -> str:
        """Return what was sent: the file if there is one, else what was typed."""
        sent = self.cleaned_data["file"]
        if not sent:
            return str(self.cleaned_data["text"])
        return str(sent.read(LONGEST), "utf-8", errors="replace")


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


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ActedRequest) -> HttpResponse:
    """Publish a definition, or say everything that is wrong with it; nothing typed is lost."""
    form, wrong = DefinitionForm(), ""
    faults: object = ()
    if request.method == "POST":
        form = DefinitionForm(request.POST, request.FILES)
        if form.is_valid():
            text = form.definition()
            try:
                view = commands.publish(text, actor=request.actor, at=clock.now())
            except (BadDefinition, AlreadyPublished) as refusal:
                wrong, faults = sentence(refusal.code, refusal.facts), refusal.facts.get("faults", ())
                form = DefinitionForm(initial={"text": text})
            else:
                facts = {"code": view.code, "version": view.version}
                messages.success(request, _("Đã công bố thủ tục %(code)s, phiên bản %(version)d.") % facts)
                return redirect("console:procedures")
    elif code := request.GET.get("tu"):
        form = DefinitionForm(initial={"text": _text(queries.procedure(code, on=today()))})
    status = 422 if wrong or form.errors else 200
    facts = {"form": form, "faults": faults, "wrong": wrong}
    return render(request, "console/procedures/publish.html", facts, status=status)


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
