"""Addresses of the design interface."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.design import pages

app_name = "design"

urlpatterns: list[URLPattern | URLResolver] = [
    path("design", pages.living, name="living"),
    path("ngon-ngu", pages.language, name="language"),
    path("giao-dien", pages.theme, name="theme"),
]
