"""Addresses of agencies and calendars."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.agencies import hours, pages, seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("co-quan/", pages.tree, name="agencies"),
    path("co-quan/<uuid:agency_id>/", pages.agency, name="agency"),
    path("co-quan/<uuid:agency_id>/lich/", pages.calendar, name="agency_calendar"),
    path("co-quan/<uuid:agency_id>/gio", hours.office_hours, name="agency_hours"),
    path("co-quan/<uuid:agency_id>/bo-nhiem", seats.appoint, name="appoint"),
    path("co-quan/vi-tri/<uuid:seat_id>", seats.seat, name="seat"),
    path("lich/", pages.calendar, name="calendar"),
]
