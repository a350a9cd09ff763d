"""Addresses of API tokens."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.tokens import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("ma-truy-cap/", pages.tokens, name="tokens"),
    path("ma-truy-cap/<uuid:token_id>/thu-hoi", pages.revoke, name="revoke_token"),
]
