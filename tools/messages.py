"""Collect the Vietnamese messages of each interface into its English ``django.po``.

    uv run python tools/messages.py          add what is missing, drop what is gone
    uv run python tools/messages.py --check  only say what is missing, untranslated or gone

No GNU gettext: Django turns templates into Python-like calls, Babel reads those and the Python files.
An interface keeps its words in ``locale/en/LC_MESSAGES/django.po``; a translator fills in the ``msgstr``.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

INTERFACES = Path(__file__).resolve().parent.parent / "src" / "motcua" / "interfaces"
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_0-9.]*\}", re.IGNORECASE)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One message as the code has it."""

    id: str | tuple[str, str]
    context: str | None
    place: tuple[str, int]


def interfaces() -> list[Path]:
    """Return the folders of the interfaces."""
    return sorted(folder for folder in INTERFACES.iterdir() if (folder / "__init__.py").exists())


def messages(interface: Path) -> Iterator[Found]:
    """Yield every message of templates and Python files of an interface."""
    for file in sorted(interface.rglob("*")):
        if "tests" in file.parts or "locale" in file.parts or "migrations" in file.parts:
            continue
        if file.suffix == ".py":
            source = file.read_text()
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            source = templatize(file.read_text(), origin=str(file))
        else:
            continue
        where = str(file.relative_to(INTERFACES))
        for line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            if text and text != ("", ""):
                yield Found(_id(text), context, (where, line))


def _id(text: str | tuple[str, ...]) -> str | tuple[str, str]:
    if isinstance(text, str):
        return text
    return text[0], text[1]


def catalogue(interface: Path) -> Path:
    return interface / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read(file: Path) -> Catalog:
    """Return the translations in ``file``, empty if there is none."""
    if not file.exists():
        return Catalog(locale="en", charset="utf-8")
    with file.open("rb") as source:
        return read_po(source, locale="en")


def renew(interface: Path) -> None:
    """Write the interface's translations: every message there is, none there is not, translations kept."""
    file, fresh = (
        catalogue(interface),
        Catalog(locale="en", charset="utf-8", header_comment="# English words."),
    )
    known = read(file)
    for found in messages(interface):
        old = known.get(found.id, found.context)
        fresh.add(found.id, old.string if old else None, locations=[found.place], context=found.context)
    if not len(fresh):
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as sink:
        # no line numbers and no dates: a change elsewhere in a file is no change here
        write_po(sink, fresh, width=100, sort_by_file=True, include_lineno=False, omit_header=True)


def faults(interface: Path) -> Iterator[str]:
    """Yield what is missing, untranslated, wrongly filled in or gone."""
    known, seen = read(catalogue(interface)), set()
    for found in messages(interface):
        key = (found.id, found.context)
        if key in seen:
            continue
        seen.add(key)
        place = f"{found.place[0]}:{found.place[1]} {found.id!r}"
        old = known.get(found.id, found.context)
        if old is None:
            yield f"{place} has no entry"
        elif not _strings(old) or not all(_strings(old)):
            yield f"{place} has no English"
        elif any(_placeholders(text) != _placeholders(_strings_of(found.id)[0]) for text in _strings(old)):
            yield f"{place} has other placeholders in English"
    for message in known:
        if message.id and (message.id, message.context) not in seen:
            yield f"{interface.name}: {message.id!r} is used nowhere"


def _strings(message: Message) -> list[str]:
    return _strings_of(message.string or "")


def _strings_of(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def main() -> None:
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    check = "--check" in sys.argv
    found: list[str] = []
    for interface in interfaces():
        if not check:
            renew(interface)
        found += faults(interface)
    print(*found, f"{len(found)} to do", sep="\n")
    sys.exit(bool(found) if check else 0)


if __name__ == "__main__":
    main()
