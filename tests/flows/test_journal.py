"""The engine's log file, written by a thread of its own."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor

from flows.journal import Journal


def a_record(words: str, *values: object) -> logging.LogRecord:
    """Return what a thread says."""
    return logging.LogRecord("crisis.test", logging.INFO, __file__, 1, words, values, None)


def test_every_line_is_written_once_and_each_threads_in_order() -> None:
    stream = io.StringIO()
    journal = Journal(stream)
    journal.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def say(who: int) -> None:
        for n in range(50):
            journal.handle(a_record("%d %d", who, n))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(8)))
    journal.close()

    lines = stream.getvalue().splitlines()
    said = [tuple(map(int, line.removeprefix("crisis.test ").split())) for line in lines]
    assert sorted(said) == [(who, n) for who in range(8) for n in range(50)]
    assert all([n for w, n in said if w == who] == list(range(50)) for who in range(8))


def test_line_that_cannot_be_put_together_stops_nothing() -> None:
    stream = io.StringIO()
    journal = Journal(stream)

    journal.handle(a_record("%d", "no number"))
    journal.handle(a_record("goes on"))
    journal.close()
    journal.close()

    assert stream.getvalue() == "goes on\n"


def test_journal_that_somebody_closed_begins_anew_with_the_next_line() -> None:
    stream = io.StringIO()
    journal = Journal(stream)

    for words in ("before", "after"):
        journal.handle(a_record(words))
        journal.close()

    assert stream.getvalue() == "before\nafter\n"
