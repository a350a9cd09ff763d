"""Every Vietnamese message has English words with the same placeholders, and no English is left over."""

import gettext
from pathlib import Path

import pytest

from motcua.config.words import compile_if_stale
from tools import messages
from tools.messages import faults, interfaces


@pytest.mark.parametrize("interface", interfaces(), ids=lambda folder: folder.name)
def test_the_english_is_complete(interface: Path) -> None:
    assert list(faults(interface)) == [], "run `uv run python tools/messages.py` and translate"


def test_words_survive_collecting_and_compiling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = tmp_path / "portal"
    (portal / "templates").mkdir(parents=True)
    (portal / "__init__.py").write_text("")
    (portal / "pages.py").write_text('_("Xin chào %(name)s")\npgettext("nút", "Gửi")\n')
    (portal / "templates" / "a.html").write_text(
        "{% load i18n %}{% translate 'Hồ sơ' %}"
        "{% blocktranslate count n=n %}{{ n }} hồ sơ{% plural %}{{ n }} hồ sơ{% endblocktranslate %}"
    )
    monkeypatch.setattr(messages, "INTERFACES", tmp_path)
    messages.renew(portal)
    file = messages.catalogue(portal)
    assert len(list(messages.faults(portal))) == 4

    words = [("Xin chào %(name)s", "Hello %(name)s"), ("Gửi", "Send"), ("Hồ sơ", "Dossier")]
    text = file.read_text()
    for vietnamese, english in words:
        text = text.replace(f'msgid "{vietnamese}"\nmsgstr ""', f'msgid "{vietnamese}"\nmsgstr "{english}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s dossier"').replace(
        'msgstr[1] ""', 'msgstr[1] "%(n)s dossiers"'
    )
    file.write_text(text)
    messages.renew(portal)

    assert list(messages.faults(portal)) == []
    compiled = compile_if_stale(tmp_path, tmp_path / "locale")
    english = gettext.translation("django", compiled, ["en"])
    assert english.gettext("Hồ sơ") == "Dossier"
    assert english.pgettext("nút", "Gửi") == "Send"
    assert english.ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 2) == "%(n)s dossiers"
