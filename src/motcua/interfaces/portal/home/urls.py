"""Addresses of the front page."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.home import pages

urlpatterns: list[URLPattern | URLResolver] = [path("", pages.home, name="home")]
