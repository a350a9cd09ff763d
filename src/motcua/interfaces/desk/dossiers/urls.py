"""Addresses of one dossier at the desk."""

from django.urls import path

from motcua.interfaces.desk.dossiers import pages

urlpatterns = [
    path("ho-so/<uuid:dossier_id>", pages.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/buoc/<slug:step>", pages.take, name="take"),
    path("ho-so/<uuid:dossier_id>/in", pages.sheet, name="sheet"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:attachment_id>", pages.paper, name="paper"),
    path("ho-so/<uuid:dossier_id>/van-ban/<uuid:document_id>", pages.document, name="document"),
]
