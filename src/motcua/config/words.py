"""English words for the Vietnamese interfaces: ``.po`` files compiled without GNU gettext.

Each interface keeps ``locale/en/LC_MESSAGES/django.po``. At the start of a process they are joined and
compiled to ``VAR/locale`` when one has changed.
"""

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def sources(interfaces: Path) -> list[Path]:
    """Return the translation files of all interfaces."""
    return sorted(interfaces.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_if_stale(interfaces: Path, target: Path) -> Path:
    """Compile every language under ``target`` unless it is current; return ``target``. May be repeated."""
    by_language: dict[str, list[Path]] = {}
    for source in sources(interfaces):
        by_language.setdefault(source.parent.parent.name, []).append(source)
    for language, files in by_language.items():
        compiled = target / language / "LC_MESSAGES" / "django.mo"
        state = "\n".join(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files)
        stamp = compiled.with_suffix(".stamp")
        if not (compiled.exists() and stamp.exists() and stamp.read_text() == state):
            _compile(files, compiled, language)
            _write(stamp, state.encode())
    return target


def _compile(files: list[Path], compiled: Path, language: str) -> None:
    joined = Catalog(locale=language, charset="utf-8")
    for file in files:
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id and message.string:
                    joined.add(message.id, message.string, context=message.context)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    draft = compiled.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as sink:
        write_mo(sink, joined)
    draft.replace(compiled)


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".stamp.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
