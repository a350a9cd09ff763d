"""The load of ``bench requests``, in a process of its own: people who press reload as soon as a page is there."""

import http.client
import json
import sys
import threading
import time


def main() -> None:
    """Read one task as JSON from standard input, run it, write the seconds of every answer as JSON."""
    task = json.load(sys.stdin)
    found: list[list[float]] = [[] for _ in range(task["users"])]
    threads = [threading.Thread(target=_reload, args=(task, times)) for times in found]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - began
    json.dump({"wall": wall, "times": [seconds for times in found for seconds in times]}, sys.stdout)


def _reload(task: dict, times: list[float]) -> None:  # type: ignore[type-arg]  # read from JSON, whose shape only the caller knows
    connection = http.client.HTTPConnection("127.0.0.1", task["port"], timeout=30)
    headers = {"Cookie": task["cookie"]} if task["cookie"] else {}
    until = time.perf_counter() + task["seconds"]
    while (began := time.perf_counter()) < until:
        connection.request("GET", task["path"], headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{task['path']} answered {answer.status}")
        times.append(time.perf_counter() - began)
    connection.close()


if __name__ == "__main__":
    main()
