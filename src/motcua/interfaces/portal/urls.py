"""Addresses of the portal interface."""

from django.urls import URLPattern, URLResolver

from motcua.interfaces.portal.account.urls import urlpatterns as account

urlpatterns: list[URLPattern | URLResolver] = [*account]
