"""Addresses of the portal interface."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.interfaces.portal.account.urls import urlpatterns as account
from motcua.interfaces.portal.dossiers.urls import urlpatterns as dossiers
from motcua.interfaces.portal.filing.urls import urlpatterns as filing
from motcua.interfaces.portal.guides.urls import urlpatterns as guides
from motcua.interfaces.portal.home.urls import urlpatterns as home
from motcua.interfaces.portal.notices.urls import urlpatterns as notices
from motcua.interfaces.portal.procedures.urls import urlpatterns as procedures
from motcua.interfaces.portal.tracking.urls import urlpatterns as tracking

portal = [*home, *procedures, *guides, *filing, *dossiers, *tracking, *notices]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((portal, "portal"))), *account]
