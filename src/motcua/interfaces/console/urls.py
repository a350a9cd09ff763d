"""Addresses of the console interface."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.interfaces.console.agencies.urls import urlpatterns as agencies
from motcua.interfaces.console.designer.urls import urlpatterns as designer
from motcua.interfaces.console.operations.urls import urlpatterns as operations
from motcua.interfaces.console.procedures.urls import urlpatterns as procedures
from motcua.interfaces.console.simplification.urls import urlpatterns as simplification
from motcua.interfaces.console.synonyms.urls import urlpatterns as synonyms
from motcua.interfaces.console.tokens.urls import urlpatterns as tokens

console = [*operations, *agencies, *procedures, *synonyms, *designer, *simplification, *tokens]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((console, "console")))]
