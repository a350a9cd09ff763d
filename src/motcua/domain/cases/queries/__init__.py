"""Read dossiers and drafts. Every public query takes the actor and shows nothing the actor may not see."""

from motcua.domain.cases.queries._acting import (
    person_of,
)
from motcua.domain.cases.queries.audit import (
    audit,
)
from motcua.domain.cases.queries.dossiers import (
    appointment,
    attachment,
    document,
    dossier,
    dossier_by_code,
    dossiers,
    form_as_filed,
    form_of,
    glance,
    may_see,
    promise,
    steps_open,
    track,
    visible_dossier,
)
from motcua.domain.cases.queries.drafts import (
    Known,
    draft,
    drafts_of,
    known_answers,
)
from motcua.domain.cases.queries.figures import (
    EXPORTED,
    counted,
    exported,
    offices,
    span_of,
    statistics,
)
from motcua.domain.cases.queries.following import (
    on_earlier_versions,
)
from motcua.domain.cases.queries.lists import (
    COUNT_NO_FURTHER,
    dossiers_of,
    dossiers_of_organisation,
    inbox,
    inbox_counts,
    matching,
    office_dossiers,
    open_dossiers_of,
    service_figures,
    unanswered,
)
from motcua.domain.cases.queries.proofs import receipt_proof
from motcua.domain.cases.queries.views import (
    draft_view,
    view_of,
    view_of_new,
)

__all__ = [
    "COUNT_NO_FURTHER",
    "EXPORTED",
    "Known",
    "appointment",
    "attachment",
    "audit",
    "counted",
    "document",
    "dossier",
    "dossier_by_code",
    "dossiers",
    "dossiers_of",
    "dossiers_of_organisation",
    "draft",
    "draft_view",
    "drafts_of",
    "exported",
    "form_as_filed",
    "form_of",
    "glance",
    "inbox",
    "inbox_counts",
    "known_answers",
    "matching",
    "may_see",
    "office_dossiers",
    "offices",
    "on_earlier_versions",
    "open_dossiers_of",
    "person_of",
    "promise",
    "receipt_proof",
    "service_figures",
    "span_of",
    "statistics",
    "steps_open",
    "track",
    "unanswered",
    "view_of",
    "view_of_new",
    "visible_dossier",
]
