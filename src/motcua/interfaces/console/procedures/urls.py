"""Addresses of procedures."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.procedures import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/", pages.procedures, name="procedures"),
    path("thu-tuc/cong-bo", pages.publish, name="publish"),
    path("thu-tuc/<str:code>/", pages.procedure, name="procedure"),
]
