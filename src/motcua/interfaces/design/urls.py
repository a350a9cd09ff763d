"""Addresses of the design interface."""

from django.urls import URLPattern, URLResolver, path

from motcua.interfaces.design import installing, living, pages

app_name = "design"

urlpatterns: list[URLPattern | URLResolver] = [
    path("design", living.living, name="living"),
    path("ngon-ngu", pages.language, name="language"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.worker, name="worker"),
    path("khong-co-mang", installing.offline, name="offline"),
    path("bieu-tuong.svg", installing.tab_icon, name="tab_icon"),
    path("bieu-tuong-<int:size>.png", installing.icon, name="icon"),
    path("giao-dien", pages.theme, name="theme"),
]
