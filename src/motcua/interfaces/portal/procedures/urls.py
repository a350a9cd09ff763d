"""Addresses of procedures."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.procedures import pages, procedure

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/", pages.procedures, name="procedures"),
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    path("thu-tuc/<str:code>/ro-chua", procedure.was_this_clear, name="was_this_clear"),
]
