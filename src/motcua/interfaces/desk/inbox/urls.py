"""Addresses of the inbox."""

from django.urls import path

from motcua.interfaces.desk.inbox import pages

urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("nhieu-ho-so", pages.together, name="together"),
]
