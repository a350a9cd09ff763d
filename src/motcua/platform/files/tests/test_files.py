"""Taking files in: whole, piece by piece, once per content; and giving them out again."""

import base64
import hashlib
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.kernel.errors import Refusal
from motcua.platform.files import commands, queries
from motcua.platform.files.events import ContentFoundInfected
from motcua.platform.files.models import Content, FileRecord, Upload
from motcua.platform.files.testing import (
    EICAR,
    NOON,
    a_clamd,
    a_docx,
    a_file,
    a_jpeg,
    a_pdf,
    a_zip_bomb,
    an_exe,
)
from motcua.platform.files.types import (
    PAPERS,
    Bomb,
    ChunkTooLarge,
    Empty,
    Kind,
    Quarantined,
    State,
    TooLarge,
    TooManyUploads,
    TypeMismatch,
    Unfinished,
    UnknownFile,
    UnknownUpload,
    UploadView,
    WrongChecksum,
    WrongOffset,
    WrongType,
)
from motcua.platform.jobs.testing import run_waiting, waiting
from motcua.platform.outbox.testing import announced

pytestmark = pytest.mark.django_db

ME = Actor(person_id=uuid4(), role=Role.CITIZEN)
MB = 2**20


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_FOLDER = tmp_path / "files"
    settings.FILES_MAX_BYTES = 50 * MB
    return tmp_path / "files"


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def begin(size_bytes: int, *, name: str = "giấy.pdf", owner: UUID | None = None) -> UploadView:
    return commands.begin_upload(
        name=name, size_bytes=size_bytes, owner=owner or uuid4(), actor=ME, at=NOON, accepts=PAPERS
    )


def append(upload: UploadView, chunk: bytes, offset: int, checksum: str | None = None) -> UploadView:
    return commands.append_chunk(upload.id, chunk, offset=offset, checksum=checksum, actor=ME, at=NOON)


class TestStoring:
    def test_a_file_comes_back_as_it_was(self, folder: Path) -> None:
        body = a_pdf(3)

        view = a_file(body, name="Giấy chứng sinh.pdf", actor=ME)

        assert b"".join(queries.read(view.id)) == body
        assert (view.kind, view.media_type, view.size_bytes) == (Kind.PDF, "application/pdf", len(body))
        assert view.sha256 == hashlib.sha256(body).hexdigest()
        assert view.state is State.UNSCANNED
        assert queries.file(view.id) == view
        assert [path.name for path in stored(folder)] == [view.sha256]

    def test_equal_bytes_are_stored_once_under_two_names(self, folder: Path) -> None:
        body = a_jpeg()

        one, other = a_file(body, name="mặt trước.jpg"), a_file(body, name="cccd.jpeg")

        assert one.id != other.id
        assert (one.name, other.name) == ("mặt trước.jpg", "cccd.jpeg")
        assert Content.objects.count() == len(stored(folder)) == 1

    def test_a_part_is_read(self) -> None:
        body = a_pdf()

        assert b"".join(queries.read(a_file(body).id, start=5, stop=20)) == body[5:20]

    @pytest.mark.parametrize(
        ("body", "name", "refusal"),
        [
            (b"", "a.pdf", Empty),
            (an_exe(), "a.pdf", WrongType),
            (a_docx(), "a.docx", WrongType),
            (a_pdf(), "a.jpg", TypeMismatch),
            (a_pdf(), "a.exe", TypeMismatch),
        ],
    )
    def test_a_refused_file_leaves_nothing(
        self, folder: Path, body: bytes, name: str, refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            commands.store_bytes(body, name=name, owner=uuid4(), actor=ME, at=NOON, accepts=PAPERS)

        assert stored(folder) == []
        assert FileRecord.objects.count() == Content.objects.count() == 0

    def test_two_gigabytes_are_refused_on_the_way_within_little_memory(self, folder: Path) -> None:
        sent = 0

        def endless() -> Iterator[bytes]:
            nonlocal sent
            while sent < 2048 * MB:
                sent += MB
                yield bytes(MB)

        tracemalloc.start()
        with pytest.raises(TooLarge) as refused:
            commands.store(endless(), name="phim.pdf", owner=uuid4(), actor=ME, at=NOON)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert refused.value.facts["limit"] == 50 * MB
        assert sent == 51 * MB
        assert peak < 8 * MB
        assert stored(folder) == []

    def test_many_files_cost_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        ids = [a_file(name=f"tờ {number}.pdf").id for number in range(5)]

        with django_assert_num_queries(1):
            found = queries.files([*ids, uuid4()])

        assert set(found) == set(ids)

    def test_an_unknown_file_is_refused(self) -> None:
        with pytest.raises(UnknownFile):
            queries.read(uuid4())

    def test_the_table_knows_no_other_state(self) -> None:
        view = a_file()

        with pytest.raises(IntegrityError), transaction.atomic():
            Content.objects.filter(pk=view.sha256).update(state="lovely")


class TestUploading:
    def test_pieces_become_one_file(
        self, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        body, size = a_pdf(40), len(a_pdf(40))
        upload = begin(size)
        for start in range(0, size, 1000):
            upload = append(upload, body[start : start + 1000], start)

        with django_capture_on_commit_callbacks(execute=True):
            view = commands.finish_upload(upload.id, actor=ME, at=NOON)

        assert b"".join(queries.read(view.id)) == body
        assert commands.finish_upload(upload.id, actor=ME, at=NOON) == view
        assert queries.upload(upload.id, at=NOON).file_id == view.id
        assert [path.name for path in stored(folder)] == [view.sha256]

    def test_an_interrupted_upload_is_taken_up_by_another_process(self) -> None:
        body = a_pdf()
        upload = begin(len(body))
        append(upload, body[:100], 0)

        resumed = queries.upload(upload.id, at=NOON + timedelta(hours=5))
        append(resumed, body[resumed.offset :], resumed.offset)

        assert commands.finish_upload(upload.id, actor=ME, at=NOON).size_bytes == len(body)

    def test_a_piece_elsewhere_is_told_where_to_go_on(self) -> None:
        upload = begin(5000)
        append(upload, a_pdf()[:300], 0)

        for offset in (0, 299, 301):
            with pytest.raises(WrongOffset) as refused:
                append(upload, b"x", offset)
            assert refused.value.facts["offset"] == 300

    def test_a_damaged_piece_is_not_counted(self) -> None:
        upload, piece = begin(5000), a_pdf()[:300]
        right = "sha256 " + base64.b64encode(hashlib.sha256(piece).digest()).decode()

        with pytest.raises(WrongChecksum):
            append(upload, piece[:-1] + b"?", 0, right)

        assert queries.upload(upload.id, at=NOON).offset == 0
        assert append(upload, piece, 0, right).offset == 300

    def test_two_gigabytes_are_refused_before_the_first_byte(self) -> None:
        with pytest.raises(TooLarge):
            begin(2 * 1024 * MB)

    def test_more_than_announced_is_refused(self) -> None:
        upload = begin(100)

        with pytest.raises(TooLarge):
            append(upload, a_pdf()[:101], 0)

    def test_a_huge_piece_is_refused(self) -> None:
        with pytest.raises(ChunkTooLarge):
            append(begin(20 * MB), bytes(8 * MB + 1), 0)

    def test_the_wrong_kind_is_refused_at_the_first_piece(self) -> None:
        with pytest.raises(WrongType):
            append(begin(5000), an_exe(), 0)
        with pytest.raises(TypeMismatch):
            append(begin(5000, name="ảnh.jpg"), a_pdf(), 0)

    def test_an_unfinished_upload_is_no_file(self) -> None:
        upload = begin(5000)

        with pytest.raises(Unfinished):
            commands.finish_upload(upload.id, actor=ME, at=NOON)

    def test_one_owner_cannot_fill_the_disk_with_beginnings(self) -> None:
        owner = uuid4()
        for _ in range(10):
            begin(50 * MB, owner=owner)

        with pytest.raises(TooManyUploads):
            begin(50 * MB, owner=owner)
        begin(50 * MB)

    def test_abandoned_uploads_are_forgotten(
        self, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        upload, later = begin(5000), NOON + timedelta(days=3)
        append(upload, a_pdf()[:300], 0)

        with pytest.raises(UnknownUpload):
            queries.upload(upload.id, at=later)
        with django_capture_on_commit_callbacks(execute=True):
            assert commands.expire_uploads(actor=SYSTEM, at=later) == 1

        assert stored(folder) == []
        assert Upload.objects.count() == 0

    def test_a_cancelled_upload_is_gone(
        self, folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        upload = begin(5000)
        append(upload, a_pdf()[:300], 0)

        with django_capture_on_commit_callbacks(execute=True):
            commands.cancel_upload(upload.id, actor=ME, at=NOON)

        assert stored(folder) == []
        with pytest.raises(UnknownUpload):
            commands.cancel_upload(upload.id, actor=ME, at=NOON)

    def test_only_the_node_forgets_for_others(self) -> None:
        with pytest.raises(NotPermitted):
            commands.expire_uploads(actor=ME, at=NOON)


class TestQuarantine:
    @pytest.fixture(autouse=True)
    def clamd(self, settings: Settings) -> Iterator[None]:
        with a_clamd() as address:
            settings.FILES_SCANNER = "motcua.platform.files.adapters.scanners.Clamd"
            settings.FILES_CLAMD = address
            yield

    def test_a_file_is_unreadable_until_it_is_found_clean(self) -> None:
        view = a_file()
        assert view.state is State.WAITING
        with pytest.raises(Quarantined):
            queries.read(view.id)

        run_waiting(commands.SCAN)

        assert queries.file(view.id).state is State.CLEAN
        assert hashlib.sha256(b"".join(queries.read(view.id))).hexdigest() == view.sha256

    def test_an_infected_file_stays_unreadable(self) -> None:
        view = a_file(b"xin chao " + EICAR, name="thư.txt")

        run_waiting(commands.SCAN)

        assert queries.file(view.id).state is State.INFECTED
        with pytest.raises(Quarantined):
            queries.read(view.id)
        assert announced(ContentFoundInfected)[0]["threat"] == "Eicar-Test-Signature"

    def test_equal_bytes_are_scanned_once(self) -> None:
        body = a_pdf()
        a_file(body)
        a_file(body, at=NOON + timedelta(minutes=1))

        assert len(waiting(commands.SCAN)) == 1


class TestKeeping:
    def test_sound_contents_are_sound(self) -> None:
        a_file()
        a_file(a_jpeg(), name="a.jpg")

        assert list(queries.corrupted()) == []
        assert list(queries.corrupted(sample=1)) == []

    def test_a_changed_and_a_lost_content_are_named(self, folder: Path) -> None:
        changed, lost = a_file(), a_file(a_jpeg(), name="a.jpg")
        for path in stored(folder):
            if path.name == changed.sha256:
                path.write_bytes(b"forged")
            else:
                path.unlink()

        found = {corruption.sha256: corruption.found for corruption in queries.corrupted()}

        assert found == {changed.sha256: hashlib.sha256(b"forged").hexdigest(), lost.sha256: "missing"}

    def test_a_lost_content_comes_back_when_handed_in_again(self, folder: Path) -> None:
        body = a_jpeg()
        a_file(body, name="a.jpg")
        stored(folder)[0].unlink()

        a_file(body, name="a.jpg")

        assert list(queries.corrupted()) == []


def test_a_bomb_is_refused_in_the_last_piece() -> None:
    body = a_zip_bomb()
    upload = commands.begin_upload(name="đơn.docx", size_bytes=len(body), owner=uuid4(), actor=ME, at=NOON)
    upload = commands.append_chunk(upload.id, body, offset=0, actor=ME, at=NOON)

    with pytest.raises(Bomb):
        commands.finish_upload(upload.id, actor=ME, at=NOON)
