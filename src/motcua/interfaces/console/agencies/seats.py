"""Who sits at an agency: appoint somebody, let another act for them, end a seat."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.types import AgencyId, SeatId, SeatView
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId, PersonView
from motcua.interfaces.console.agencies.words import ROLES
from motcua.interfaces.design import formats, identifiers
from motcua.interfaces.design.access import ActedRequest, for_admins, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Invalid, Unknown
from motcua.kernel.identifiers import NotAnIdentifier, personal_id


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as it is drawn in a list."""

    seat: SeatView
    name: str
    role: str
    stands_for: str  #: whose seat it is, for one who acts for another
    is_to_come: bool


def _day(label: StrOrPromise, *, required: bool, help_text: StrOrPromise = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "w-12 num"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class HolderForm(forms.Form):
    """Somebody the node knows, by their number; since when and until when."""

    number = forms.CharField(
        label=gettext_lazy("Số định danh"),
        help_text=gettext_lazy("12 chữ số của người đã có trong hệ thống."),
        max_length=18,
        widget=forms.TextInput(attrs={"class": "w-12 num", "inputmode": "numeric", "autocomplete": "off"}),
    )
    title = forms.CharField(label=gettext_lazy("Chức danh"), max_length=120, required=False)
    since = _day(gettext_lazy("Từ ngày"), required=True)
    until = _day(
        gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu chưa biết.")
    )

    person: PersonView

    def clean_number(self) -> str:
        """Find the person; ``person`` holds them."""
        try:
            number = personal_id.parse("".join(self.cleaned_data["number"].split()).replace(".", "")).number
        except NotAnIdentifier as refusal:
            raise forms.ValidationError(identifiers.sentence(refusal, get_language())) from refusal
        found = identity.person_by_personal_id(number)
        if found is None:
            raise forms.ValidationError(_("Không tìm thấy người mang số này."))
        self.person = found
        return number


class AppointForm(HolderForm):
    """Somebody and the role they are given."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        choices=[(role.value, gettext_lazy(name)) for role, name in ROLES.items()],
    )
    field_order = ("number", "role", "title", "since", "until")


class EndForm(forms.Form):
    """The last day on which a seat is held."""

    last_day = _day(
        gettext_lazy("Ngày cuối cùng"),
        required=True,
        help_text=gettext_lazy(
            "Sớm nhất là hôm qua: vị trí thôi ngay từ bây giờ. Những gì đã làm trước đó giữ nguyên."
        ),
    )


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: ActedRequest, agency_id: UUID) -> HttpResponse:
    """Give somebody a role at an agency from a day on."""
    view = queries.agency(AgencyId(agency_id))
    form = AppointForm(request.POST or None, initial={"since": today(), "role": Role.CLERK.value})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            commands.appoint(
                view.id,
                form.person.id,
                Role(said["role"]),
                title=said["title"],
                since=said["since"],
                until=said["until"],
                actor=request.actor,
                at=clock.now(),
            )
        except (Conflict, Invalid, Unknown) as refusal:
            form.add_error(None, sentence(refusal.code, refusal.facts))
        else:
            messages.success(request, _("Đã bổ nhiệm %(name)s.") % {"name": form.person.full_name})
            return redirect("console:agency", view.id)
    facts = {"agency": view, "form": form}
    return render(request, "console/agencies/appoint.html", facts, status=422 if form.errors else 200)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: ActedRequest, seat_id: UUID) -> HttpResponse:
    """Show one seat; end it, or let another person act for its holder."""
    view = queries.seat(SeatId(seat_id))
    is_ending = request.POST.get("deed") == "end"
    ending = EndForm(request.POST if is_ending else None, initial={"last_day": today() - timedelta(days=1)})
    acting = HolderForm(
        request.POST if request.method == "POST" and not is_ending else None,
        initial={"since": today(), "title": view.title},
        prefix="acting",
    )
    chosen: EndForm | HolderForm = ending if is_ending else acting
    if request.method == "POST" and chosen.is_valid():
        try:
            told = _end(request, view, ending) if is_ending else _delegate(request, view, acting)
        except (Conflict, Invalid, Unknown) as refusal:
            chosen.add_error(None, sentence(refusal.code, refusal.facts))
        else:
            messages.success(request, told)
            return redirect("console:agency", view.agency_id)
    facts = {
        "agency": queries.agency(view.agency_id),
        "line": (line := _lines([view])[0]),
        "facts": _facts(line),
        "ending": ending if _may_end(view) else None,
        "acting": acting if _may_end(view) and view.acting_for is None else None,
    }
    return render(request, "console/agencies/seat.html", facts, status=422 if chosen.errors else 200)


def seat_lines(agency_id: AgencyId) -> tuple[list[SeatLine], list[SeatLine]]:
    """Return the seats of an agency that are held or will be, in order of roles, and those that ended."""
    ever = _lines(queries.seats_ever(agency_id))
    present = [line for line in ever if _may_end(line.seat)]
    order = list(ROLES)
    return (
        sorted(present, key=lambda line: (order.index(line.seat.role), line.seat.valid_from)),
        [line for line in ever if not _may_end(line.seat)],
    )


def _end(request: ActedRequest, view: SeatView, form: EndForm) -> str:
    last_day = form.cleaned_data["last_day"]
    commands.end_seat(view.id, last_day=last_day, actor=request.actor, at=clock.now())
    return _("Vị trí thôi sau ngày %(day)s.") % {"day": formats.day(last_day)}


def _delegate(request: ActedRequest, view: SeatView, form: HolderForm) -> str:
    said = form.cleaned_data
    commands.delegate(
        view.id,
        form.person.id,
        since=said["since"],
        until=said["until"],
        title=said["title"],
        actor=request.actor,
        at=clock.now(),
    )
    return _("%(name)s làm thay từ ngày %(day)s.") % {
        "name": form.person.full_name,
        "day": formats.day(said["since"]),
    }


def _facts(line: SeatLine) -> list[tuple[str, object]]:
    end = line.seat.valid_to
    pairs: list[tuple[str, object]] = [
        (_("Vai trò"), line.role),
        (_("Chức danh"), line.seat.title),
        (_("Làm thay"), line.stands_for),
        (_("Từ ngày"), formats.day(line.seat.valid_from)),
        (_("Đến ngày"), formats.day(end) if end else ""),
    ]
    return [(term, value) for term, value in pairs if value]


def _may_end(seat: SeatView) -> bool:
    return seat.valid_to is None or seat.valid_to >= today()


def _lines(seats: list[SeatView]) -> list[SeatLine]:
    principals = {seat.id: seat for seat in seats}
    for seat in seats:
        if seat.acting_for is not None and seat.acting_for not in principals:
            principals[seat.acting_for] = queries.seat(seat.acting_for)
    people = identity.persons({PersonId(seat.person_id) for seat in principals.values()})

    def name(seat: SeatView) -> str:
        return people[PersonId(seat.person_id)].full_name

    return [
        SeatLine(
            seat=seat,
            name=name(seat),
            role=_(ROLES[seat.role]),
            stands_for=name(principals[seat.acting_for]) if seat.acting_for else "",
            is_to_come=seat.valid_from > today(),
        )
        for seat in seats
    ]
