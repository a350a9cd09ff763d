"""Addresses of operations."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.console.operations import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.overview, name="overview"),
    path("viec-hong/<int:job_id>/chay-lai", pages.retry_job, name="retry_job"),
    path("thong-diep/", pages.dead_letters, name="dead_letters"),
    path("thong-diep/<uuid:delivery_id>/chay-lai", pages.replay, name="replay"),
    path("thong-diep/<uuid:delivery_id>/bo", pages.discard, name="discard"),
    path("gui-tin/", pages.deliveries, name="deliveries"),
]
