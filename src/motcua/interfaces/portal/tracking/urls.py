"""Addresses of tracking without an account."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.tracking import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("tra-cuu", pages.track, name="track"),
    path("tra-cuu/bang-chung.json", pages.proof, name="receipt_proof"),
]
