"""Addresses of procedures."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.procedures import finding, paper_form, procedure

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/", finding.procedures, name="procedures"),
    path("thu-tuc/goi-y", finding.suggestions, name="procedure_suggestions"),
    path("thu-tuc/da-chon", finding.chosen, name="procedure_chosen"),
    path("thu-tuc/<str:code>", procedure.procedure, name="procedure"),
    path("thu-tuc/<str:code>/to-khai.pdf", paper_form.paper_form, name="paper_form"),
    path("thu-tuc/<str:code>/ro-chua", procedure.was_this_clear, name="was_this_clear"),
]
