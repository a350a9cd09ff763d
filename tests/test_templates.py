"""Every template compiles; nothing a page loads comes from another host."""

import re
from pathlib import Path

import pytest
from django.template import engines

INTERFACES = Path(__file__).resolve().parent.parent / "src" / "motcua" / "interfaces"
TEMPLATES = sorted(
    file
    for folder in INTERFACES.glob("**/templates")
    for file in folder.rglob("*")
    if file.suffix in {".html", ".txt", ".svg"}
)
STATIC = sorted(
    file
    for folder in INTERFACES.glob("**/static")
    for file in folder.rglob("*")
    if file.suffix in {".css", ".js", ".svg", ".json", ".webmanifest", ".html"}
)
#: Names of vocabularies and licences, which nothing is fetched from.
NAMES = re.compile(
    r"https?://(www\.w3\.org|www\.apache\.org/licenses|opensource\.org|github\.com|htmx\.org)[/\w.#-]*"
)
FOREIGN = re.compile(r"""(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+""", re.IGNORECASE)
LOADED = re.compile(
    r"""(?:src|srcset|action|poster|data|manifest|<link[^>]*href|<use[^>]*href)\s*=\s*["']((?:https?:)?//[^"']+)""",
    re.IGNORECASE,
)


def name_of(file: Path) -> str:
    return str(file.relative_to(INTERFACES))


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_the_template_compiles(file: Path) -> None:
    engines["django"].from_string(file.read_text())


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_the_template_loads_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text()

    assert LOADED.findall(text) == []
    if file.suffix == ".html":  # the content security policy forbids both
        assert not re.search(r"<script(?![^>]*(\bsrc=|application/(ld\+)?json))[^>]*>\s*\S", text), (
            "inline script"
        )
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
        assert not re.search(r"\sstyle\s*=\s*[\"']", text), "inline style"


@pytest.mark.parametrize("file", STATIC, ids=name_of)
def test_static_files_name_no_foreign_host(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", NAMES.sub("", file.read_text()), flags=re.DOTALL | re.MULTILINE)

    assert FOREIGN.findall(text) == []
