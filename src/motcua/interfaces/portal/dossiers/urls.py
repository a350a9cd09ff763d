"""Addresses of one's own dossiers."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.dossiers import answering, pages

DOSSIER = "ho-so/<uuid:dossier_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/", pages.dossiers, name="dossiers"),
    path(DOSSIER, pages.dossier, name="dossier"),
    path(f"{DOSSIER}/da-nop", pages.filed, name="filed"),
    path(f"{DOSSIER}/giay-tiep-nhan", pages.receipt, name="receipt"),
    path(f"{DOSSIER}/giay-to/<uuid:attachment_id>", pages.attachment, name="attachment"),
    path(f"{DOSSIER}/van-ban/<uuid:document_id>", pages.document, name="document"),
    path(f"{DOSSIER}/rut", pages.withdraw, name="withdraw"),
    path(f"{DOSSIER}/bo-sung", answering.supplement, name="supplement"),
    path(f"{DOSSIER}/bo-sung/<slug:paper>/bat-dau", answering.begin, name="begin_supplement"),
    path(f"{DOSSIER}/bo-sung/tai-len/<uuid:upload_id>", answering.piece, name="supplement_piece"),
    path(f"{DOSSIER}/bo-sung/<slug:paper>/xong/<uuid:upload_id>", answering.finish, name="finish_supplement"),
]
