"""Addresses of filing."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.portal.filing import pages, uploads

DRAFT = "nop-ho-so/<uuid:draft_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("thu-tuc/<str:code>/nop", pages.start, name="start"),
    path("nop-ho-so/xa-phuong", pages.communes, name="communes"),
    path(f"{DRAFT}/", pages.tasks, name="draft"),
    path(f"{DRAFT}/bo", pages.discard, name="discard"),
    path(f"{DRAFT}/phan/<slug:key>", pages.section, name="section"),
    path(f"{DRAFT}/nop-cho", pages.applicant, name="applicant"),
    path(f"{DRAFT}/noi-nhan", pages.office, name="office"),
    path(f"{DRAFT}/kiem-tra", pages.check, name="check"),
    path(f"{DRAFT}/giay-to", uploads.papers, name="papers"),
    path(f"{DRAFT}/giay-to/<slug:paper>/gui", uploads.send, name="send_paper"),
    path(f"{DRAFT}/giay-to/<slug:paper>/bat-dau", uploads.begin, name="begin_upload"),
    path(f"{DRAFT}/tai-len/<uuid:upload_id>", uploads.piece, name="upload_piece"),
    path(f"{DRAFT}/giay-to/<slug:paper>/xong/<uuid:upload_id>", uploads.finish, name="finish_upload"),
    path(f"{DRAFT}/tep/<uuid:attachment_id>", uploads.show, name="draft_file"),
    path(f"{DRAFT}/tep/<uuid:attachment_id>/bo", uploads.remove, name="remove_paper"),
]
