"""The words of notices on a page, in the language of the page."""

from motcua.interfaces.portal.templatetags.portal import language
from motcua.platform.notify import queries as notify
from motcua.platform.notify.types import Letter, NoticeView


def letter_of(notice: NoticeView) -> Letter:
    """Return subject and body of a notice in the language of the page."""
    return notify.letter(notice.kind, notice.facts, link=notice.link, language=language())
