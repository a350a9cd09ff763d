"""Addresses of the designer."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.designer import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("soan/", pages.drafts, name="drafts"),
    path("soan/<uuid:definition_id>/", pages.draft, name="draft"),
    path("soan/<uuid:definition_id>/chung", pages.part, name="general"),
    path("soan/<uuid:definition_id>/sua/<str:path>", pages.part, name="part"),
    path("soan/<uuid:definition_id>/doi", pages.change, name="change"),
    path("soan/<uuid:definition_id>/thu", pages.trial, name="trial"),
    path("soan/<uuid:definition_id>/tep", pages.file, name="definition_file"),
    path("soan/<uuid:definition_id>/xem/<str:kind>", pages.preview, name="preview"),
    path("soan/<uuid:definition_id>/lam", pages.deed, name="draft_deed"),
]
