"""
A process of its own that writes notes and says on standard output which ones are safe.

Run as `python -m tests.store.writing URL INCIDENT COUNT THREADS`; each line that
comes out is the text of a note whose append was acknowledged.
"""

import sys
from threading import Lock, Thread

from crisis.store.log import DatabaseEventLog
from tests.store.happening import AT, a_note

_LOCK = Lock()


def _write(log: DatabaseEventLog, incident: str, thread: int, count: int) -> None:
    for n in range(count):
        text = f"{incident} {thread} {n}"
        log.append(incident, [a_note(text)], actor="bo", at=AT, expected_version=None)
        with _LOCK:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()


def main() -> None:
    url, incident, count, threads = sys.argv[1:]
    with DatabaseEventLog(url) as log:
        running = [
            Thread(target=_write, args=(log, incident, n, int(count)), daemon=True)
            for n in range(int(threads))
        ]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()


if __name__ == "__main__":
    main()
