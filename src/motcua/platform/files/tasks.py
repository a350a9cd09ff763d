"""Work of the files service outside a request: scanning, forgetting, checking."""

import logging
from datetime import datetime, timedelta

from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.platform.files import commands, queries
from motcua.platform.files.queries.wiring import content_key, scanner, storage
from motcua.platform.jobs import commands as jobs
from motcua.platform.jobs.types import at_times, every, task

log = logging.getLogger(__name__)
SAMPLE = 500


@task(commands.SCAN)
def scan(sha256: str) -> None:
    """Ask the scanner about one content; tried again while the scanner is silent."""
    verdict = scanner().scan(storage().read(content_key(sha256)))
    commands.record_verdict(sha256, verdict, actor=SYSTEM, at=clock.now())


@every("1 hour", name="files.rescan_late")
def rescan_late(at: datetime) -> None:
    """Ask again about contents in quarantine for over a day, whose job was given up."""
    for sha256 in queries.waiting(before=at - timedelta(days=1)):
        jobs.defer(commands.SCAN, sha256=sha256)


@every("1 hour", name="files.expire_uploads")
def expire_uploads(at: datetime) -> None:
    """Forget the uploads nobody went on with."""
    while commands.expire_uploads(actor=SYSTEM, at=at):
        pass


@at_times("15 19 * * *", name="files.verify_sample")
def verify_sample(at: datetime) -> None:
    """Hash a random sample of contents again at 02:15 in Vietnam, and cry out over a changed one."""
    for corruption in queries.corrupted(sample=SAMPLE):
        log.critical("stored content %s is now %s", corruption.sha256, corruption.found)
