"""What the receipt's holder types: code and key."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """Code and key as printed on the receipt."""

    use_required_attribute = False
    ma = forms.CharField(
        label=_("Mã hồ sơ"),
        help_text=_("In trên giấy tiếp nhận, ví dụ H21.15.03-260211-0042."),
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy ghi mã hồ sơ.")},
    )
    khoa = forms.CharField(
        label=_("Mã tra cứu"),
        help_text=_("10 chữ và số cạnh mã hồ sơ."),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-20"}
        ),
        error_messages={"required": _("Hãy ghi mã tra cứu.")},
    )
