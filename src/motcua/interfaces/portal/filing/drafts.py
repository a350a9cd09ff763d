"""What every page about a draft begins with: the draft of the visitor, still open, with its definition."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect

from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import ApplicantKind, DraftId, DraftView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import OrganisationView
from motcua.interfaces.design.access import ActedRequest
from motcua.interfaces.portal.filing.progress import Progress, progress_of
from motcua.kernel.clock import local_date, now

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft being worked on."""

    view: DraftView
    definition: Definition
    organisations: tuple[OrganisationView, ...]  #: in whose name it may be filed, the person's own apart

    @property
    def progress(self) -> Progress:
        return progress_of(self.view, self.definition, self.organisations, today=local_date(now()))


def open_draft(view: DraftView) -> OpenDraft:
    """Return a draft with the version of the procedure it was begun under."""
    definition = catalogue.version(view.version_id).definition
    if ApplicantKind.ORGANISATION not in definition.subjects:
        return OpenDraft(view, definition, ())
    return OpenDraft(view, definition, identity.organisations_of(view.person_id, on=local_date(now())))


def on_open_draft(
    page: Callable[Concatenate[ActedRequest, OpenDraft, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give a page the visitor's draft; lead on to the dossier if it was filed. Raises UnknownDraft."""

    @wraps(page)
    def entered(
        request: ActedRequest, /, draft_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        view = cases.draft(DraftId(draft_id), actor=request.actor)
        if view.dossier_id is not None:
            return redirect("portal:dossier", view.dossier_id)
        return page(request, open_draft(view), *args, **kwargs)

    return entered
