"""Print issued documents, once: the bytes a citizen got are the bytes kept."""

from datetime import datetime
from pathlib import Path

import segno
from django.conf import settings
from django.db import transaction

from motcua.domain.cases import queries
from motcua.domain.cases.models import Document
from motcua.domain.cases.types import DocumentId, DocumentKind, DossierId, UnknownDocument
from motcua.kernel.actors import SYSTEM, Actor
from motcua.platform.files import commands as files
from motcua.platform.files.types import FileId
from motcua.platform.pdf import queries as pdf

_FORMS = Path(__file__).resolve().parent.parent / "forms"
_RESULTS = Path(__file__).resolve().parents[2] / "catalogue" / "results"


@transaction.atomic
def printed(document_id: DocumentId, dossier_id: DossierId, *, actor: Actor, at: datetime) -> FileId:
    """Return the file of an issued document, printing it as PDF/A the first time.

    Raises UnknownDossier, UnknownDocument.
    """
    dossier = queries.visible_dossier(dossier_id, actor=actor)
    document = Document.objects.select_for_update().filter(pk=document_id, dossier=dossier).first()
    if document is None:
        raise UnknownDocument(document_id=document_id)
    if document.file_id is None:
        url = f"{settings.NODE.base_url}/tra-cuu?ma={dossier.code}&khoa={dossier.lookup_secret}"
        qr = segno.make(url, error="m").svg_inline(border=0, omitsize=True)
        facts = document.facts | {"lookup_url": url, "lookup_secret": dossier.lookup_secret, "qr_svg": qr}
        folder = _RESULTS if document.kind == DocumentKind.RESULT else _FORMS
        content = pdf.render(folder / f"{document.template}.typ", facts)
        name = f"{document.kind}-{dossier.code}.pdf"
        kept = files.store([content], name=name, owner=dossier.applicant_id, actor=SYSTEM, at=at)
        document.file_id = kept.id
        document.save(update_fields=["file_id"])
    return FileId(document.file_id)
