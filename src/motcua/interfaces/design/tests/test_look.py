"""Colours that can be read, and parts that say what they are."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from motcua.interfaces.design.parts import FileLine, Moment, Progress, Task, Tense
from motcua.platform.database.types import Page

SHEET = (Path(__file__).resolve().parent.parent / "static" / "design" / "motcua.css").read_text()
TOKENS = dict(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", SHEET))
GROUNDS = ("paper", "surface", "sunken")
TEXTS = ("ink", "ink-2", "ink-3", "action", "late", "ok", "soon", "info")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in ("ok", "soon", "late", "info", "action")),
    *(("ink", f"{tone}-soft") for tone in ("ok", "soon", "late", "info", "action")),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("surface", "late"),
    ("paper", "lacquer"),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="-on-".join)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    colours = [TOKENS[name].split(", ")[theme] for name in (text, ground)]

    assert contrast(*colours) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", ["line-strong", "focus"])
def test_edges_and_focus_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(*(TOKENS[name].split(", ")[theme] for name in (edge, ground))) >= 3


def drawn(source: str, **facts: object) -> str:
    request = RequestFactory().get("/", {"loc": "cho", "after": "old"})
    return Template("{% load motcua parts %}" + source).render(Context({"request": request, **facts}))


def test_what_a_step_of_a_timeline_is_can_be_heard() -> None:
    moments = [Moment("Nộp"), Moment("Thẩm định", Tense.NOW), Moment("Ký", Tense.NEXT)]

    with translation.override("vi"):
        html = drawn("{% timeline moments %}", moments=moments)

    assert 'aria-current="step"' in html
    assert [words in html for words in ("Đã qua:", "Bây giờ:", "Sắp tới:")] == [True] * 3


def test_a_task_that_has_to_wait_has_no_link() -> None:
    tasks = [Task("Người nộp", "/a", Progress.DONE), Task("Nộp", "/b", Progress.LATER)]

    html = drawn("{% tasks tasks %}", tasks=tasks)

    assert 'href="/a"' in html
    assert "/b" not in html


def test_pages_keep_the_other_choices() -> None:
    html = drawn("{% pages page %}", page=Page((), "next one"))

    assert 'href="?loc=cho&amp;after=next+one"' in html
    assert 'href="?loc=cho"' in html


def test_parts_escape_what_people_wrote() -> None:
    evil = "<script>x</script>"
    html = drawn(
        "{% files lines %}{% facts pairs %}{% copy evil %}{% notice 'act' evil %}{{ evil }}{% endnotice %}"
        "{% dialog 'd' evil %}{{ evil }}{% enddialog %}{% nothing 'x' evil %}{% endnothing %}",
        lines=[FileLine(evil, 1000, remove_at="/x")],
        pairs=[(evil, evil)],
        evil=evil,
    )

    assert "<script>" not in html


def test_sizes_are_written_as_phones_write_them() -> None:
    with translation.override("vi"):
        assert [drawn("{{ n|size }}", n=n) for n in (0, 12, 340_400, 1_420_000, 50_000_000)] == [
            "0 kB",
            "1 kB",
            "340 kB",
            "1,4 MB",
            "50 MB",
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_living_page_stands_in_both_languages(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get("/design")

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
