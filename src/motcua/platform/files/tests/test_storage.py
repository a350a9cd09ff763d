"""Every storage keeps the same promises, and every scanner answers in the same words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.platform.files.adapters.folder import FolderStorage
from motcua.platform.files.adapters.s3 import S3Storage
from motcua.platform.files.adapters.scanners import Clamd, NoScanner
from motcua.platform.files.testing import EICAR, a_bucket, a_clamd
from motcua.platform.files.types import Missing, ScannerSilent, State, Storage, Verdict

BODY = bytes(range(256)) * 9000  # 2.3 MB: more than one piece


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Iterator[Storage]:
    if request.param == "folder":
        settings.FILES_FOLDER = tmp_path / "files"
        yield FolderStorage.from_settings()
        return
    with a_bucket() as endpoint:
        settings.FILES_S3 = {
            "endpoint": endpoint,
            "bucket": "motcua",
            "region": "vn-1",
            "key_id": "key",
            "secret": "secret",
        }
        yield S3Storage.from_settings()


@pytest.fixture
def body(tmp_path: Path) -> Path:
    source = tmp_path / "body"
    source.write_bytes(BODY)
    return source


def test_what_is_put_is_read(store: Storage, body: Path) -> None:
    store.put("ab/cd/abcd", body)
    store.put("ab/cd/abcd", body)

    pieces = list(store.read("ab/cd/abcd"))

    assert b"".join(pieces) == BODY
    assert max(map(len, pieces)) <= 2**20
    assert store.size("ab/cd/abcd") == len(BODY)


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 1), (5, 5), (100, 1_500_000), (2_000_000, None), (2_303_999, 9_999_999), (9_999_999, None)],
)
def test_a_part_is_read(store: Storage, body: Path, start: int, stop: int | None) -> None:
    store.put("ab/cd/abcd", body)

    assert b"".join(store.read("ab/cd/abcd", start=start, stop=stop)) == BODY[start:stop]


def test_what_is_removed_is_gone(store: Storage, body: Path) -> None:
    store.put("ab/cd/abcd", body)

    store.remove("ab/cd/abcd")
    store.remove("ab/cd/abcd")

    assert store.size("ab/cd/abcd") is None
    with pytest.raises(Missing):
        next(store.read("ab/cd/abcd"))


def test_a_folder_keeps_files_to_the_node_alone(tmp_path: Path, body: Path) -> None:
    FolderStorage(tmp_path / "files").put("ab/cd/abcd", body)

    stored = tmp_path / "files/ab/cd/abcd"
    assert stored.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o777 for each in (stored.parent, stored.parent.parent)} == {0o700}
    assert [each.name for each in stored.parent.iterdir()] == ["abcd"]


def test_clamd_tells_clean_from_infected(settings: Settings) -> None:
    with a_clamd() as address:
        settings.FILES_CLAMD = address
        scanner = Clamd.from_settings()

        assert scanner.scan(iter([b"a" * 200_000, b"b"])) == Verdict(State.CLEAN)
        assert scanner.scan(iter([b"..", EICAR])) == Verdict(State.INFECTED, "Eicar-Test-Signature")


def test_a_silent_scanner_is_not_a_verdict() -> None:
    with pytest.raises(ScannerSilent):
        Clamd("127.0.0.1", 9, timeout_s=1).scan(iter([b"a"]))
    with pytest.raises(ScannerSilent):
        NoScanner().scan(iter([b"a"]))
