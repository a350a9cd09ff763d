"""Addresses of the intake at the counter."""

from django.urls import path

from motcua.interfaces.desk.intake import pages

urlpatterns = [
    path("tiep-nhan", pages.scan, name="intake"),
    path("tiep-nhan/nguoi-moi", pages.newcomer, name="newcomer"),
    path("tiep-nhan/<uuid:person_id>", pages.choose, name="choose"),
    path("tiep-nhan/<uuid:person_id>/<str:code>", pages.register, name="register"),
    path("ho-so/<uuid:dossier_id>/da-nhan", pages.registered, name="registered"),
]
