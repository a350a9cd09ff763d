"""Addresses of procedures."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.procedures import local, pages, records

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/", records.records, name="procedures"),
    path("thu-tuc/nhap", records.imports, name="record_imports"),
    path("thu-tuc/nhap/mau", records.template, name="record_template"),
    path("thu-tuc/nhap/<uuid:import_id>", records.record_import, name="record_import"),
    path("thu-tuc/<str:code>/", records.record, name="procedure"),
    path("thu-tuc/<str:code>/dinh-nghia", pages.definition, name="definition"),
    path("thu-tuc/<str:code>/ho-so-cu", pages.followers, name="followers"),
    path("thu-tuc/<str:code>/dia-phuong", local.local_rules, name="local_rules"),
    path("thu-tuc/<str:code>/bai-bo", records.abolish, name="abolish"),
]
