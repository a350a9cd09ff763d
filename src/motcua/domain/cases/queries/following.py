"""Unfinished dossiers under earlier versions of a procedure, and whether they can go on under the one in force.

A dossier keeps the version it was filed under. It may be moved when nothing is asked of the applicant anew: every
answer stands under the later version and no further paper is required.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from motcua.domain.cases.models import Attachment, Dossier
from motcua.domain.cases.types import FINAL_STATES, DossierId, Follower, Obstacles, State
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadAnswers, Channel, Definition, VersionId
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date

MOST_LISTED: Final = 500  #: moved a list at a time; those that remain are listed next


def on_earlier_versions(code: str, *, on: date, actor: Actor) -> list[Follower]:
    """Return unfinished dossiers of procedure ``code`` not under the version in force ``on``, oldest first.

    At most ``MOST_LISTED`` (two queries, and one a version).
    """
    actor.require(Role.ADMIN, Role.AUDITOR)
    later = catalogue.procedure(code, on=on)
    rows = list(
        Dossier.objects.filter(procedure_code=code)
        .exclude(procedure_version_id=later.version_id)
        .exclude(state__in=[*FINAL_STATES, State.DONE])
        .order_by("submitted_at")[:MOST_LISTED]
    )
    papers: dict[object, set[str]] = {}
    for dossier_id, paper in Attachment.objects.filter(dossier__in=rows).values_list("dossier_id", "paper"):
        papers.setdefault(dossier_id, set()).add(paper)
    found = []
    for row in rows:
        in_the_way = obstacles(
            later.definition,
            row.answers,
            papers.get(row.pk, set()),
            filed_on=local_date(row.submitted_at),
            channel=Channel(row.channel),
        )
        version = catalogue.version(VersionId(row.procedure_version_id)).version
        found.append(
            Follower(
                DossierId(row.pk), row.code, version, State(row.state), in_the_way.fields, in_the_way.papers
            )
        )
    return found


def obstacles(
    definition: Definition,
    answers: Mapping[str, object],
    present: Iterable[str],
    *,
    filed_on: date,
    channel: Channel,
) -> Obstacles:
    """Return what keeps a dossier with ``answers`` and papers ``present`` from going on under ``definition``."""
    fields: dict[str, str] = {}
    try:
        catalogue.checked_answers(definition, answers, today=filed_on, channel=channel)
    except BadAnswers as refusal:
        found = refusal.facts["fields"]
        assert isinstance(found, dict)
        fields = found
    known = {question.key for question in definition.fields}
    fields |= {key: "dropped" for key in answers if key not in known}
    form = catalogue.filled(definition, answers, today=filed_on, channel=channel)
    there = set(present)
    kept = {paper.key for paper in definition.papers}
    # papers of a dossier that came in person lie at the desk; only what is dropped or newly asked for stands in the way
    missing = {paper.key for paper in form.missing_papers(there)} if channel is Channel.ONLINE else set()
    return Obstacles(fields, tuple(sorted(missing | (there - kept))))
