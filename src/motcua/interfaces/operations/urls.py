"""Addresses of the operations interface."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.operations import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", pages.alive, name="alive"),
    path("readyz", pages.ready, name="ready"),
    path("metrics", pages.metrics, name="metrics"),
]
