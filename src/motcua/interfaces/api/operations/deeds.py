"""The steps of a dossier: ``POST /dossiers/{id}/{step}``, one row per step.

Who may take which step from which state is decided by the table of the law in ``cases``; ``GET /dossiers/{id}``
lists what is open to the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from motcua.domain.cases import commands
from motcua.domain.cases.types import DossierId, DossierView, Step
from motcua.domain.catalogue.types import Key
from motcua.interfaces.api import versions
from motcua.interfaces.api.doors import admits
from motcua.interfaces.api.operations.dossiers import Dossier, FilesByPaper, by_paper, shown
from motcua.interfaces.api.operations.procedures import Answers
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.actors import Role

router = Router(tags=["Steps"])

CITIZEN, CLERK, HANDLER, LEADER = Role.CITIZEN, Role.CLERK, Role.HANDLER, Role.LEADER
Text = Annotated[str, Field(max_length=4_000)]


class Said(Schema):
    """What is said with a step. ``seen`` is the version looked at, unless If-Match says it."""

    seen: int | None = Field(None, ge=1, le=2**31)

    def facts(self) -> dict[str, Any]:
        """Return what the command is told besides actor, time and version."""
        return {}


class WithReason(Said):
    reason: Text = Field(description="The specific reason, in words the citizen understands.")

    def facts(self) -> dict[str, Any]:
        return {"reason": self.reason}


class WithProposal(Said):
    proposal: Text = Field(description="What the handler proposes to the leader.")

    def facts(self) -> dict[str, Any]:
        return {"proposal": self.proposal}


class WithReceipt(Said):
    receipt_no: str = Field(max_length=100, description="Number of the receipt for the money.")

    def facts(self) -> dict[str, Any]:
        return {"receipt_no": self.receipt_no}


class Wish(Said):
    reason: Text = Field("", description="Need not be given.")

    def facts(self) -> dict[str, Any]:
        return {"reason": self.reason}


class NewAppointment(WithReason):
    new_due_at: Annotated[
        AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC))
    ]

    def facts(self) -> dict[str, Any]:
        return {"reason": self.reason, "new_due_at": self.new_due_at.astimezone(UTC)}


class Needed(Schema):
    key: Key = Field(description="Key of a field or paper of the procedure.")
    need: Annotated[str, Field(min_length=1, max_length=1_000)]


class SupplementRequest(WithReason):
    items: Annotated[list[Needed], Field(min_length=1, max_length=100)]
    answer_did_not_follow: bool = Field(
        default=False, description="Ask a second time because the answer did not follow the first request."
    )

    def facts(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "items": [(item.key, item.need) for item in self.items],
            "answer_did_not_follow": self.answer_did_not_follow,
        }


class SupplementAnswer(Said):
    """Only what was asked for."""

    answers: Answers = Field(default_factory=dict)
    papers: FilesByPaper = Field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        return {"answers": self.answers, "files_by_paper": by_paper(self.papers)}


@dataclass(frozen=True, slots=True)
class Offered:
    """One step as an operation."""

    step: Step
    deed: Callable[..., DossierView]
    by: tuple[Role, ...]
    said: type[Said]
    words: str


STEPS: Final = (
    Offered(Step.ACCEPT, commands.accept, (CLERK,), Said, "Accept a dossier filed online."),
    Offered(Step.DECLINE, commands.decline, (CLERK,), WithReason, "Refuse to take it in, on form 03."),
    Offered(Step.FORWARD, commands.forward, (CLERK,), Said, "Hand it to the unit that decides."),
    Offered(Step.CLAIM, commands.claim, (HANDLER,), Said, "Take it, when nobody holds it."),
    Offered(Step.PROPOSE, commands.propose, (HANDLER,), WithProposal, "Lay it before the leader."),
    Offered(Step.SEND_BACK, commands.send_back, (LEADER,), WithReason, "Return it to the handler."),
    Offered(Step.APPROVE, commands.approve, (LEADER,), Said, "Decide for the citizen; issue the result."),
    Offered(Step.REJECT, commands.reject, (LEADER,), WithReason, "Decide against the citizen, on form 03."),
    Offered(
        Step.ASK_SUPPLEMENT,
        commands.ask_supplement,
        (CLERK, HANDLER),
        SupplementRequest,
        "Ask, once, for papers or corrections, on form 02. The clock stops.",
    ),
    Offered(
        Step.SUPPLEMENT,
        commands.supplement,
        (CITIZEN, CLERK),
        SupplementAnswer,
        "Answer what was asked for. The clock runs again.",
    ),
    Offered(
        Step.REQUIRE_PAYMENT,
        commands.require_payment,
        (HANDLER,),
        WithReason,
        "Ask the citizen to meet a financial obligation. The clock stops.",
    ),
    Offered(
        Step.CONFIRM_PAYMENT,
        commands.confirm_payment,
        (CLERK, HANDLER),
        WithReceipt,
        "Note that the obligation is met. The clock runs on.",
    ),
    Offered(Step.COLLECT_FEE, commands.collect_fee, (CLERK,), WithReceipt, "Note that the fee was paid."),
    Offered(Step.HAND_OVER, commands.hand_over, (CLERK,), Said, "Give the result to the citizen."),
    Offered(
        Step.REAPPOINT,
        commands.reappoint,
        (CLERK, LEADER),
        NewAppointment,
        "Apologise and promise a new date, once, on form 04.",
    ),
    Offered(
        Step.ASK_WITHDRAWAL,
        commands.ask_withdrawal,
        (CITIZEN,),
        Wish,
        "Ask to take the dossier back. The clock stops until the desk decides.",
    ),
    Offered(
        Step.GRANT_WITHDRAWAL,
        commands.grant_withdrawal,
        (CLERK,),
        Said,
        "Let the citizen take it back, on form 05.",
    ),
    Offered(
        Step.DENY_WITHDRAWAL,
        commands.deny_withdrawal,
        (CLERK,),
        WithReason,
        "Refuse the withdrawal; the dossier goes back to where it was.",
    ),
)


def _offer(offered: Offered) -> None:
    """Make an operation of a row of the table."""

    def take(
        request: ActedRequest,
        response: HttpResponse,
        dossier_id: UUID,
        said: Any,  # noqa: ANN401 - its type is set below
        if_match: versions.IfMatch,
    ) -> Dossier:
        view = offered.deed(
            DossierId(dossier_id),
            **said.facts(),
            actor=request.actor,
            at=clock.now(),
            seen=versions.seen(if_match, said.seen),
        )
        return shown(response, view, actor=request.actor)

    take.__annotations__["said"] = offered.said  # read by ninja
    name = offered.step.value
    path = f"/dossiers/{{uuid:dossier_id}}/{name.replace('_', '-')}"
    router.post(path, response=Dossier, operation_id=name, summary=offered.words)(admits(*offered.by)(take))


for row in STEPS:
    _offer(row)
