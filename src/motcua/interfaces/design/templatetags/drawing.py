"""What every template may use without loading it: addresses found once, and parts of a page drawn once.

{% url "portal:procedure" code %}                  as Django's; the answer is kept, since routes never change
{% drawn_for versions figures %}…{% enddrawn_for %}  drawn once for these values and the language, then repeated

Only what depends on nothing but the values named may stand between the tags: no visitor, no token of a form.
"""

from functools import lru_cache
from typing import Final

from django import template
from django.http import HttpRequest
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse_url
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT: Final = 200  #: drawings of one part; then all are forgotten and drawn anew when asked for


class AddressNode(URLNode):
    """Django's ``url`` with a memory."""

    def render(self, context: Context) -> str:
        if self.asvar or self.kwargs or not context.autoescape:
            return super().render(context)
        args = tuple(argument.resolve(context) for argument in self.args)
        name = self.view_name.resolve(context)
        return _address(name, args, _space(context), get_urlconf(), get_script_prefix())


class DrawnNode(Node):
    """A part of a page, drawn once for each set of values."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self._kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        drawn = self._kept.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = drawn
        return drawn


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """Write the address of a view."""
    plain = parse_url(parser, token)
    return AddressNode(plain.view_name, plain.args, plain.kwargs, plain.asvar)


@register.tag
def drawn_for(parser: Parser, token: Token) -> DrawnNode:
    """Draw what follows once for the values named."""
    _name, *values = token.split_contents()
    nodelist = parser.parse(("enddrawn_for",))
    parser.delete_first_token()
    return DrawnNode(nodelist, [parser.compile_filter(value) for value in values])


@lru_cache(maxsize=4096, typed=True)
def _address(
    name: str, args: tuple[object, ...], space: str | None, _urlconf: str | None, _prefix: str
) -> SafeString:
    return conditional_escape(reverse(name, args=args, current_app=space))


def _space(context: Context) -> str | None:
    """Return the namespace of the page being drawn, as Django's ``url`` finds it."""
    request: HttpRequest | None = getattr(context, "request", None)
    if request is None:
        return None
    given: str | None = getattr(request, "current_app", None)
    match = request.resolver_match
    return given or (match.namespace if match else None)
