"""Find everybody and everything lives are made of in the node: offices, officers, citizens, papers."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import Actor, Role
from motcua.kernel.ids import uuid7
from motcua.platform.files import commands as files
from motcua.platform.files.types import FileId
from motcua.platform.pdf import queries as pdf
from motcua.processes.sample_province.lives import Applicant, Cast, Office
from motcua.processes.sample_province.people import Household, populate
from motcua.processes.sample_province.province import COMMUNES, Commune
from motcua.processes.sample_province.requests import WANTED

_PAPER: Final = Path(__file__).parent / "papers" / "paper.typ"
_LINES: Final = ("Họ và tên: ………………", "Ngày, tháng, năm sinh: ………………", "Nơi cư trú: ………………")
_PAPERS: Final = {  # component → file name, title, issuer, lines, pages of the first and of the better copy
    "birth_record": (
        ("giay-chung-sinh.pdf", "Giấy chứng sinh", "Bệnh viện Đa khoa tỉnh Gia Lai", 1),
        ("giay-chung-sinh-ro.pdf", "Giấy chứng sinh", "Bệnh viện Đa khoa tỉnh Gia Lai (bản chụp lại)", 1),
    ),
    "original_scan": (
        ("ban-quet.pdf", "Bằng tốt nghiệp đại học", "Trường Đại học Quy Nhơn", 1),
        ("ban-quet-du-trang.pdf", "Bằng tốt nghiệp đại học", "Trường Đại học Quy Nhơn", 2),
    ),
    "lease": (
        ("hop-dong-thue.pdf", "Hợp đồng thuê địa điểm", "Hai bên ký kết", 2),
        ("hop-dong-thue-co-chu-ky.pdf", "Hợp đồng thuê địa điểm", "Hai bên ký kết", 3),
    ),
}


class Papers:
    """The papers people hand in, printed and stored the first time somebody needs them.

    A file belongs to who handed it in, so each person has files of their own; equal bytes are kept once.
    """

    def __init__(self, *, at: datetime) -> None:
        self._at = at
        self._printed: dict[tuple[str, int], bytes] = {}
        self._stored: dict[tuple[PersonId, str, int], FileId] = {}

    def of(self, person_id: PersonId, component: str, variant: int) -> FileId:
        """Return the person's paper for a component: 0 the first copy, 1 the better one sent later."""
        key = (person_id, component, variant)
        if key not in self._stored:
            name, *_ = _PAPERS[component][variant]
            body = self._body(component, variant)
            self._stored[key] = files.store(
                [body], name=name, owner=person_id, actor=Actor(person_id, Role.CITIZEN), at=self._at
            ).id
        return self._stored[key]

    def _body(self, component: str, variant: int) -> bytes:
        if (component, variant) not in self._printed:
            _, title, issuer, pages = _PAPERS[component][variant]
            facts = {"title": title, "issuer": issuer, "lines": _LINES, "page_count": pages}
            made_at = self._at.isoformat()
            self._printed[component, variant] = pdf.render(_PAPER, facts | {"made_at": made_at})
        return self._printed[component, variant]


def cast(*, on: date, at: datetime) -> Cast:
    """Return the cast of the settled province, each with papers of their own."""
    return _cast(Papers(at=at).of, on=on)


def crowd(*, on: date, at: datetime) -> Cast:
    """Return the cast with papers that all share; for lives in great number, brought in rather than lived.

    The papers are stored before anybody begins: two offices that stored the same bytes would wait for each other.
    """
    papers, owner = Papers(at=at), PersonId(uuid7(at))
    ready = {(paper, variant): papers.of(owner, paper, variant) for paper in _PAPERS for variant in (0, 1)}
    return _cast(lambda _, component, variant: ready[component, variant], on=on)


def _cast(paper: Callable[[PersonId, str, int], FileId], *, on: date) -> Cast:
    households = populate().households
    ids = {
        adult.personal_id: person.id
        for household in households
        for adult in household.adults
        if (person := identity.person_by_personal_id(adult.personal_id))
    }
    offices = tuple(_office(commune, households, ids, on=on) for commune in COMMUNES)
    definitions = {code: catalogue.procedure(code, on=on).definition for code in WANTED}
    return Cast(offices, definitions, paper)


def _office(
    commune: Commune, households: tuple[Household, ...], ids: dict[str, PersonId], *, on: date
) -> Office:
    agency = agencies.agency_by_code(commune.code)
    applicants = tuple(
        Applicant(ids[adult.personal_id], adult, household)
        for household in households
        for adult in household.adults
        if adult.address.commune_code == commune.commune_code
    )
    handlers = _seated(agency, Role.HANDLER, on)
    return Office(
        agency.id,
        agency.code,
        commune.weight,
        agencies.calendar_of(agency.id),
        _seated(agency, Role.CLERK, on)[0],
        (handlers[0], handlers[1]),
        _seated(agency, Role.LEADER, on)[0],
        applicants,
    )


def _seated(agency: AgencyView, role: Role, on: date) -> list[Actor]:
    seats = sorted(agencies.seats(agency.id, role=role, on=on), key=lambda seat: seat.id)
    return [Actor(seat.person_id, role, agency.id, seat.id) for seat in seats]
