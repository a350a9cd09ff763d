"""Who is acting. Passed explicitly to every command; never read from a thread-local."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from motcua.kernel.errors import Forbidden


class Role(StrEnum):
    CITIZEN = "citizen"  #: acts for themselves, their family or an organisation they represent
    CLERK = "clerk"  #: receives and returns dossiers at the one-stop desk – cán bộ một cửa
    HANDLER = "handler"  #: processes them in a specialised unit – chuyên viên thụ lý
    LEADER = "leader"  #: decides and signs – lãnh đạo
    ADMIN = "admin"  #: runs the node: procedures, agencies, people, operations
    AUDITOR = "auditor"  #: reads everything, changes nothing
    SYSTEM = "system"  #: the node itself: clock-driven tasks and reactions to events


OFFICERS = frozenset({Role.CLERK, Role.HANDLER, Role.LEADER})


class Assurance(IntEnum):
    """How surely we know the person. Source: Decree 69/2024/NĐ-CP, levels 1 and 2, and none."""

    NONE = 0  #: not signed in
    BASIC = 1  #: an account with a confirmed e-mail or phone
    SUBSTANTIAL = 2  #: level 2: identity checked against the population database, second factor


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one capacity. An officer with two seats is two actors."""

    person_id: UUID | None
    role: Role
    agency_id: UUID | None = None  #: the agency of the seat; None for citizens and the system
    seat_id: UUID | None = None
    assurance: Assurance = Assurance.BASIC

    @property
    def is_officer(self) -> bool:
        return self.role in OFFICERS

    def require(self, *roles: Role) -> None:
        """Raise NotPermitted unless the actor has one of ``roles``. The first line of a command."""
        if self.role not in roles:
            raise NotPermitted(role=self.role, needed=sorted(roles))


class NotPermitted(Forbidden):
    """The deed belongs to another role, agency or person."""

    code = "kernel.not_permitted"


SYSTEM = Actor(person_id=None, role=Role.SYSTEM)
