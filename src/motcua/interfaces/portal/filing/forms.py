"""Which office shall receive the dossier. The questions of a procedure are drawn by design/definition_forms.py."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.domain.agencies.types import AgencyView


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
