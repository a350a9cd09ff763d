"""Entry point of the worker: send one letter."""

from uuid import UUID

from motcua.kernel import clock
from motcua.platform.jobs.types import task
from motcua.platform.notify import commands


@task(commands.SEND, on_failure=commands.write_down_failure)
def send(attempt: str) -> None:
    commands.send(UUID(attempt), at=clock.now())
