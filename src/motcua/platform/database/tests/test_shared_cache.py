"""What one process counts, another sees; a time that is over counts for nothing."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from motcua.platform.database.adapters.shared_cache import SharedCache

PROCESSES, EACH = 2, 150
COUNT = f"""
import django
django.setup()
from django.core.cache import cache
for _ in range({EACH}):
    cache.add("doors", 0, timeout=60)
    cache.incr("doors")
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together() -> None:
    database = settings.DATABASES["default"]
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
    cache.clear()

    counting = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", COUNT], env=environment)
        for _process in range(PROCESSES)
    ]
    assert [process.wait(timeout=60) for process in counting] == [0] * PROCESSES

    assert cache.get("doors") == PROCESSES * EACH


@pytest.mark.django_db
class TestOneProcess:
    def test_what_is_there_is_not_added_twice(self) -> None:
        assert cache.add("mark", value=True, timeout=60)
        assert not cache.add("mark", value=True, timeout=60)

    def test_what_is_over_is_absent_and_may_be_added_again(self) -> None:
        cache.set("mark", 5, timeout=0.05)
        time.sleep(0.1)

        assert cache.get("mark") is None
        with pytest.raises(ValueError, match="no count"):
            cache.incr("mark")
        assert cache.add("mark", 1, timeout=60)
        assert cache.incr("mark", 2) == 3

    def test_lists_of_instants_come_back_as_they_went(self) -> None:
        cache.set("history", [1.5, 2.25], timeout=None)

        assert cache.get("history") == [1.5, 2.25]
        assert cache.touch("history", 60)
        assert cache.delete("history")
        assert not cache.delete("history")
        assert cache.get("history", "nothing") == "nothing"

    def test_only_what_json_can_say_is_kept(self) -> None:
        with pytest.raises(TypeError):
            cache.set("odd", object())

    def test_old_rows_are_swept_out_now_and_then(self) -> None:
        swept = SharedCache("", {})
        swept.set("old", 1, timeout=-1)
        for number in range(499):
            swept.set(f"new-{number % 3}", number, timeout=60)

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM database_shared WHERE key LIKE '%%old'")
            assert cursor.fetchone() == (0,)
