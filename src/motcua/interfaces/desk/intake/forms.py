"""What a clerk types at the counter: a scan, a newcomer, and what accompanies the answers."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import Channel, Definition
from motcua.domain.identity.types import Sex
from motcua.interfaces.design import identifiers
from motcua.interfaces.desk import words
from motcua.interfaces.desk.uploads import PaperField, Uploaded
from motcua.kernel.identifiers import NotAnIdentifier, card_qr, personal_id
from motcua.kernel.identifiers.card_qr import CardQr
from motcua.kernel.ids import uuid7

DATE_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y"]
LONGEST_SCAN: Final = 2_000


class Scan(forms.Form):
    """One field for a scanner that types, or for twelve digits typed by hand."""

    use_required_attribute = False

    scanned = forms.CharField(
        label=gettext_lazy("Quét thẻ căn cước, hoặc gõ số định danh"),
        max_length=LONGEST_SCAN,
        error_messages={"required": gettext_lazy("Hãy quét thẻ hoặc gõ số định danh.")},
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off", "data-scan": ""}),
    )

    card: CardQr | None = None

    def clean_scanned(self) -> str:
        """Return the personal number; ``card`` holds the rest if a card was scanned."""
        text: str = self.cleaned_data["scanned"]
        try:
            if "|" in text:
                self.card = card_qr.parse(text)
                return self.card.personal_id.number
            return personal_id.parse("".join(text.split()).replace(".", "")).number
        except NotAnIdentifier as refusal:
            raise forms.ValidationError(identifiers.sentence(refusal, get_language())) from refusal


class Newcomer(forms.Form):
    """Somebody the node does not know yet, as the identity card tells."""

    use_required_attribute = False
    error_css_class = "wrong"

    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Số định danh"),
        max_length=18,
        error_messages={"required": gettext_lazy("Hãy ghi số định danh.")},
        widget=forms.TextInput({"class": "w-12 num", "inputmode": "numeric"}),
    )
    born_on = forms.DateField(
        label=gettext_lazy("Ngày sinh"),
        input_formats=DATE_FORMATS,
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày sinh."),
            "invalid": gettext_lazy("Ghi ngày, tháng, năm, ví dụ 25/02/2026."),
        },
        widget=forms.DateInput({"class": "w-12 num", "inputmode": "numeric"}, format="%d/%m/%Y"),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        choices=[(Sex.FEMALE.value, gettext_lazy("Nữ")), (Sex.MALE.value, gettext_lazy("Nam"))],
        error_messages={"required": gettext_lazy("Hãy chọn giới tính.")},
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=gettext_lazy("Điện thoại"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"class": "w-12 num", "type": "tel"}),
    )

    def clean_number(self) -> str:
        try:
            return personal_id.parse("".join(self.cleaned_data["number"].split()).replace(".", "")).number
        except NotAnIdentifier as refusal:
            raise forms.ValidationError(identifiers.sentence(refusal, get_language())) from refusal

    @staticmethod
    def told_by(card: CardQr | None, number: str) -> dict[str, Any]:
        """Return what is known of a newcomer from a scan."""
        if card is None:
            parsed = personal_id.parse(number)
            return {"number": number, "sex": (Sex.MALE if parsed.sex == "M" else Sex.FEMALE).value}
        return {
            "number": number,
            "full_name": card.full_name,
            "born_on": card.born_on,
            "sex": (Sex.MALE if card.sex == "M" else Sex.FEMALE).value,
        }


class Accompanying(forms.Form):
    """What comes with the answers: papers on paper or scanned, how it came, the fee, the way back."""

    use_required_attribute = False

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    receipt_no = forms.CharField(
        label=gettext_lazy("Số biên lai thu phí"),
        help_text=gettext_lazy("Ghi khi thu ngay; để trống nếu thu sau."),
        required=False,
        max_length=60,
        widget=forms.TextInput({"class": "w-12 num", "autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Nhận từ"), widget=forms.RadioSelect)
    wants_paper = forms.BooleanField(
        label=gettext_lazy("Người nộp nhận kết quả bản giấy"), required=False, initial=True
    )

    def __init__(
        self,
        definition: Definition,
        *,
        data: MultiValueDict[str, Any] | None = None,
        files: MultiValueDict[str, Uploaded] | None = None,
    ) -> None:
        super().__init__(data, files, prefix="k")
        self.definition = definition
        language = get_language()
        came = [one for one in (Channel.COUNTER, Channel.POST) if one in definition.channels]
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [(one.value, words.channel(one)) for one in came]
        self.initial = {"token": uuid7().hex, "channel": came[0].value if came else ""}
        if not definition.fees:
            del self.fields["receipt_no"]
        for spec in definition.papers:
            self.fields[f"on_paper_{spec.key}"] = forms.BooleanField(
                label=_("Đã nhận bản giấy"), required=False
            )
            self.fields[f"scan_{spec.key}"] = PaperField(spec, language)
            self.fields[f"kept_{spec.key}"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def papers(self) -> Iterator[tuple[str, str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Yield (name, hint, tick, file input, files kept from an earlier try) of every component."""
        language = get_language()
        for spec in self.definition.papers:
            parts = (self[f"{part}_{spec.key}"] for part in ("on_paper", "scan", "kept"))
            tick, scan, kept = parts
            yield spec.name.to(language), spec.hint.to(language) if spec.hint else "", tick, scan, kept

    def rest(self) -> list[forms.BoundField]:
        """Return the fields that are no papers."""
        return [self[name] for name in ("channel", "receipt_no", "wants_paper") if name in self.fields]

    @property
    def on_paper(self) -> tuple[str, ...]:
        return tuple(s.key for s in self.definition.papers if self.cleaned_data.get(f"on_paper_{s.key}"))

    def scans(self, key: str) -> list[Uploaded]:
        return list(self.cleaned_data.get(f"scan_{key}") or [])

    def kept(self, key: str) -> list[UUID]:
        """Return the files of an earlier try; who may lay them into a dossier, the command checks."""
        ids = []
        for text in str(self.cleaned_data.get(f"kept_{key}") or "").split():
            try:
                ids.append(UUID(text))
            except ValueError:
                continue
        return ids
