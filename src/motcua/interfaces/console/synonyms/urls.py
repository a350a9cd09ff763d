"""Addresses of synonyms."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.synonyms import pages

urlpatterns: list[URLPattern | URLResolver] = [path("tu-dong-nghia/", pages.synonyms, name="synonyms")]
