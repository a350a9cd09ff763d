"""Addresses of the intake at the counter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
