"""Entry points of the worker: read and write files of records that were sent to the console."""

from uuid import UUID

from motcua.domain.catalogue import commands
from motcua.domain.catalogue.types import ImportId
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.platform.jobs.types import task


@task("catalogue.preview_import")
def preview_import(import_id: str) -> None:
    commands.read_upload(ImportId(UUID(import_id)), actor=SYSTEM, at=clock.now())


@task("catalogue.write_import")
def write_import(import_id: str) -> None:
    commands.write_upload(ImportId(UUID(import_id)), actor=SYSTEM, at=clock.now())
