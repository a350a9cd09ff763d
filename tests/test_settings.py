"""Settings: documented, checked at the start, safe in production."""

import re
from pathlib import Path

import pytest

from motcua.config import environment
from motcua.config.environment import BadConfiguration, Node, node
from motcua.interfaces.cli.operations import markdown_page, setting_rows

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "MOTCUA_MODE": "production",
    "MOTCUA_SECRET_KEY": "q8Zr3-vT1xLw9_KdYb2NfHs7Gm4Pc6JuEa5RoWi0XtVhBnMkQyCzDgSl",
    "MOTCUA_HOSTS": "dichvucong.gialai.gov.vn",
    "MOTCUA_BASE_URL": "https://dichvucong.gialai.gov.vn",
}


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def faults() -> list[str]:
    node.cache_clear()
    try:
        node()
    except BadConfiguration as bad:
        return bad.faults
    finally:
        node.cache_clear()
    return []


def test_every_setting_is_a_sentence() -> None:
    mute = [
        name
        for name, field in Node.model_fields.items()
        if not (field.description or "").endswith((".", ")"))
    ]

    assert mute == []


def test_the_page_of_settings_is_current() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == markdown_page(setting_rows())


def test_every_setting_is_read_somewhere() -> None:
    code = "\n".join(file.read_text() for file in (ROOT / "src" / "motcua").rglob("*.py"))
    unread = [name for name in Node.model_fields if not re.search(rf"\w\.{name}\b", code)]

    assert unread == []


def test_a_safe_production_node_starts(environ: pytest.MonkeyPatch) -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MOTCUA_SECRET_KEY", "short"),
        ("MOTCUA_SECRET_KEY", "a" * 60),
        ("MOTCUA_HOSTS", "*"),
        ("MOTCUA_HOSTS", "*.gialai.gov.vn,dichvucong.gialai.gov.vn"),
        ("MOTCUA_BASE_URL", "http://dichvucong.gialai.gov.vn"),
        ("MOTCUA_BASE_URL", "https://elsewhere.vn"),
        ("MOTCUA_DEMO_SIGN_IN", "true"),
        ("MOTCUA_SECURE_COOKIES", "false"),
        ("MOTCUA_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("MOTCUA_METRICS_TOKEN", "short"),
        ("MOTCUA_STORAGE", "s3"),
        ("MOTCUA_OIDC_ISSUER", "https://sso.vn"),
        ("MOTCUA_UPLOAD_MAX_BYTES", "many"),
        ("MOTCUA_UNHEARD_OF", "1"),
        ("DATABASE_URL", "mysql://localhost/motcua"),
    ],
)
def test_production_refuses(environ: pytest.MonkeyPatch, variable: str, value: str) -> None:
    environ.setenv(variable, value)

    assert any(fault.startswith(variable) for fault in faults()), faults()


def test_all_faults_are_told_at_once(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("MOTCUA_SECRET_KEY", "short")
    environ.setenv("MOTCUA_HOSTS", "*")
    environ.setenv("MOTCUA_TYPO", "1")

    assert len(faults()) >= 3


def test_a_throw_away_secret_is_made_once_and_private(tmp_path: Path) -> None:
    given = Node(mode=environment.Mode.DEMO, var=tmp_path)

    first, second = environment.secret_of(given), environment.secret_of(given)

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["secret"]
