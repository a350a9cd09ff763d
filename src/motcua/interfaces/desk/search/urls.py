"""Addresses of the search at the desk."""

from django.urls import path

from motcua.interfaces.desk.search import pages

urlpatterns = [path("tim", pages.search, name="search")]
