"""Addresses of statistics."""

from django.urls import path

from motcua.interfaces.desk.figures import pages

urlpatterns = [
    path("thong-ke", pages.report, name="figures"),
    path("thong-ke/ho-so", pages.behind, name="figures_behind"),
    path("thong-ke/tep", pages.saved, name="figures_saved"),
    path("thong-ke/so-theo-doi", pages.register, name="register_book"),
    path("ho-so/<uuid:dossier_id>/phieu-kiem-soat", pages.control_slip, name="control_slip"),
]
