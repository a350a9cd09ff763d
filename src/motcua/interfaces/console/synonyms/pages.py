"""One page: try a question, write and retire synonyms, take or leave lessons of people's choices."""

import re
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.types.finding import SynonymId
from motcua.domain.catalogue.types.refusals import BadSynonym, UnknownSynonym
from motcua.interfaces.design.access import ActedRequest, for_admins
from motcua.interfaces.design.refusals import sentence
from motcua.kernel.clock import now


class SynonymForm(forms.Form):
    """Words people use, and what they stand for: wording of the records, or codes."""

    says = forms.CharField(
        label=gettext_lazy("Người dân nói"),
        help_text=gettext_lazy(
            "Nhiều cách nói thì cách nhau bằng dấu phẩy. Ví dụ: đổi bằng lái, bằng lái hết hạn."
        ),
        max_length=1000,
    )
    means = forms.CharField(
        label=gettext_lazy("Nghĩa là"),
        help_text=gettext_lazy("Từ trong tên thủ tục, ví dụ: đổi giấy phép lái xe; hoặc mã thủ tục."),
        max_length=1000,
    )

    def parts(self) -> tuple[list[str], list[str], list[str]]:
        """Return what people say, the wordings and the codes."""
        says, means = (re.split(r"[,;\n]", self.cleaned_data[name]) for name in ("says", "means"))
        codes = [one.strip() for one in means if re.fullmatch(r"\s*[1-9]\.\d{6}\s*", one)]
        return says, [one for one in means if one.strip() not in codes], codes


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def synonyms(request: ActedRequest) -> HttpResponse:
    """Show and change the words of the search."""
    form, wrong = SynonymForm(), ""
    if request.method == "POST":
        try:
            form, done = _act(request)
        except (BadSynonym, UnknownSynonym) as refusal:
            form, wrong = SynonymForm(request.POST), sentence(refusal.code, refusal.facts)
        else:
            if done:
                messages.success(request, done)
                return redirect("console:synonyms")
    tried = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    facts = {
        "form": form,
        "wrong": wrong,
        "tried": tried,
        "found": queries.search(tried, limit=5) if tried else None,
        "own": queries.own_synonyms(retired=True),
        "lessons": queries.candidates(),
        "shipped": len(queries.shipped_words().synonyms),
    }
    return render(
        request, "console/synonyms/synonyms.html", facts, status=422 if wrong or form.errors else 200
    )


def _act(request: ActedRequest) -> tuple[SynonymForm, str]:
    """Do what was asked; return the form to show again, or what was done. Raises BadSynonym, UnknownSynonym."""
    sent, actor, at = request.POST, request.actor, now()
    lesson = (sent.get("question", ""), sent.get("code", ""))
    match sent.get("deed", ""):
        case "retire":
            commands.retire_synonym(_id(sent.get("synonym", "")), actor=actor, at=at)
            return SynonymForm(), _("Từ đồng nghĩa đã thôi dùng.")
        case "accept":
            commands.accept_candidate(*lesson, actor=actor, at=at)
            return SynonymForm(), _("Đã nhận: lần tới tìm như vậy, thủ tục này đứng đầu.")
        case "decline":
            commands.decline_candidate(*lesson, actor=actor, at=at)
            return SynonymForm(), _("Sẽ không đề xuất nữa.")
    form = SynonymForm(sent)
    if not form.is_valid():
        return form, ""
    says, means, codes = form.parts()
    commands.add_synonym(says, means=means, codes=codes, actor=actor, at=at)
    return SynonymForm(), _("Đã thêm. Trang tìm dùng ngay trong vòng một giây.")


def _id(said: str) -> SynonymId:
    try:
        return SynonymId(UUID(said))
    except ValueError:
        raise UnknownSynonym(synonym_id=said) from None
