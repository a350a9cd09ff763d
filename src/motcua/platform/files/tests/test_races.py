"""Two processes with the same upload or the same bytes at the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from motcua.kernel.actors import SYSTEM
from motcua.platform.files import commands, queries
from motcua.platform.files.models import Content, FileRecord
from motcua.platform.files.testing import NOON, a_file, a_pdf
from motcua.platform.files.types import FileView, UploadView, WrongOffset

Made = TypeVar("Made")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_FOLDER = tmp_path / "files"


def at_once(deed: Callable[[], Made]) -> list[Made]:
    barrier = threading.Barrier(2)

    def run(_: int) -> Made:
        barrier.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as processes:
        return list(processes.map(run, range(2)))


def test_one_piece_sent_twice_is_counted_once() -> None:
    body = a_pdf()
    upload = commands.begin_upload(name="a.pdf", size_bytes=len(body), owner=uuid4(), actor=SYSTEM, at=NOON)

    def send() -> UploadView | int:
        try:
            return commands.append_chunk(upload.id, body[:200], offset=0, actor=SYSTEM, at=NOON)
        except WrongOffset as told:
            return int(str(told.facts["offset"]))

    outcomes = at_once(send)

    assert sorted(isinstance(outcome, int) for outcome in outcomes) == [False, True]
    assert 200 in outcomes
    assert queries.upload(upload.id, at=NOON).offset == 200


def test_an_upload_finished_twice_is_one_file() -> None:
    body = a_pdf()
    upload = commands.begin_upload(name="a.pdf", size_bytes=len(body), owner=uuid4(), actor=SYSTEM, at=NOON)
    commands.append_chunk(upload.id, body, offset=0, actor=SYSTEM, at=NOON)

    def finish() -> FileView:
        return commands.finish_upload(upload.id, actor=SYSTEM, at=NOON)

    one, other = at_once(finish)

    assert one == other
    assert FileRecord.objects.count() == 1


def test_equal_bytes_handed_in_at_once_are_one_content() -> None:
    body = a_pdf()

    one, other = at_once(lambda: a_file(body))

    assert one.sha256 == other.sha256
    assert one.id != other.id
    assert Content.objects.count() == 1
