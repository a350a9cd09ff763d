"""Addresses of agencies and calendars."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.agencies import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("co-quan/", pages.tree, name="agencies"),
    path("co-quan/<uuid:agency_id>/", pages.agency, name="agency"),
    path("co-quan/<uuid:agency_id>/lich/", pages.calendar, name="agency_calendar"),
    path("lich/", pages.calendar, name="calendar"),
]
