"""Whose affair it is and which office shall receive it.

The questions of a procedure itself are drawn by design/definition_forms.py.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.domain.agencies.types import AgencyView
from motcua.domain.identity.types import OrganisationId, OrganisationView

OWN: Final = "own"


class ApplicantForm(forms.Form):
    """In whose name the dossier is filed: one's own (an empty value) or that of an organisation one represents."""

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None,
        organisations: Iterable[OrganisationView],
        *,
        own_name: str,
        may_be_own: bool,
        chosen: str,
    ) -> None:
        super().__init__(data, initial={"applicant": chosen or (OWN if may_be_own else "")})
        own = [(OWN, _("Chính tôi, %(name)s") % {"name": own_name})] if may_be_own else []
        self.fields["applicant"] = forms.ChoiceField(
            label=_("Nộp cho"),
            widget=forms.RadioSelect,
            choices=[*own, *((str(one.id), _named(one)) for one in organisations)],
            error_messages={
                "required": _("Hãy chọn nộp cho ai."),
                "invalid_choice": _("Hãy chọn một tổ chức bạn đang đại diện."),
            },
        )

    @property
    def organisation_id(self) -> OrganisationId | None:
        chosen: str = self.cleaned_data["applicant"]
        return None if chosen == OWN else OrganisationId(UUID(chosen))


def _named(one: OrganisationView) -> str:
    if not one.tax_code:
        return one.name
    return _("%(name)s (mã số %(code)s)") % {"name": one.name, "code": one.tax_code}


class OfficeForm(forms.Form):
    """Which office shall receive the dossier."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None, offices: Iterable[AgencyView], *, suggested: str) -> None:
        super().__init__(data, initial={"office": suggested})
        self.fields["office"] = forms.ChoiceField(
            label=_("Nơi tiếp nhận"),
            choices=[("", _("Hãy chọn")), *((str(office.id), office.name) for office in offices)],
            error_messages={
                "required": _("Hãy chọn nơi tiếp nhận."),
                "invalid_choice": _("Hãy chọn một nơi có sẵn."),
            },
        )
