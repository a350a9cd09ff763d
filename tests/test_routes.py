"""Every address says whom it admits (``interfaces/design/access.py``)."""

from collections.abc import Iterator
from inspect import unwrap
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.interfaces.design.access import Permission

#: Views of packages, which guard themselves: where they stand → why they may.
THEIRS = {
    "allauth.": "sign-in pages are for visitors; the account pages ask for a signed-in account themselves",
    "django.views.i18n.": "the choice of language is open to all",
    "django.views.static.": "files of the interface are open to all",
}
#: Descriptions of the API, open to all like the API's list of addresses.
API_PAGES = {"openapi_json", "openapi_view", "default_home"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def operations_of(view: Any) -> list[Any]:
    """Return the API operations behind a view of django-ninja; none for another view."""
    view = unwrap(view)
    owner = getattr(view, "__self__", None) or next(
        (
            cell.cell_contents
            for cell in getattr(view, "__closure__", None) or ()
            if hasattr(cell.cell_contents, "operations")
        ),
        None,
    )
    return [operation.view_func for operation in getattr(owner, "operations", [])]


def undeclared() -> Iterator[str]:
    for address, view in routes(get_resolver()):
        name = f"{view.__module__}.{getattr(view, '__name__', type(view).__name__)}"
        is_api_page = name.startswith("ninja.") and name.rsplit(".", maxsplit=1)[-1] in API_PAGES
        if is_api_page or name.startswith(tuple(THEIRS)):
            continue
        guarded = operations_of(view) or [view]
        yield from (
            f"/{address} → {each.__module__}.{each.__name__}"
            for each in guarded
            if not isinstance(getattr(each, "permission", None), Permission)
        )


def test_every_route_declares_its_permission() -> None:
    assert list(undeclared()) == []
