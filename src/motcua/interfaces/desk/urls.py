"""Addresses of the desk interface."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.interfaces.desk.inbox.urls")),
    path("", include("motcua.interfaces.desk.dossiers.urls")),
    path("", include("motcua.interfaces.desk.intake.urls")),
    path("", include("motcua.interfaces.desk.search.urls")),
    path("", include("motcua.interfaces.desk.figures.urls")),
]
