"""Who waits together is written together; who is at fault fails alone."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from crisis.errors import CrisisError, LogMovedOnError, UnreachableError
from crisis.store.group_commit import MOST, GroupCommit


def test_what_waits_is_performed_in_groups() -> None:
    begun, go, sizes = Event(), Event(), []

    def perform(jobs: Sequence[int]) -> Sequence[int]:
        begun.set()
        go.wait()
        sizes.append(len(jobs))
        return [job * 2 for job in jobs]

    commits = GroupCommit[int, int](perform)
    first = commits.submit(0)
    begun.wait()
    futures = [commits.submit(n) for n in range(1, 201)]
    go.set()
    assert first.result() == 0
    assert [future.result() for future in futures] == [n * 2 for n in range(1, 201)]
    assert sizes == [1, MOST, MOST, MOST, 8]
    commits.close()


def test_refused_job_fails_alone() -> None:
    def perform(jobs: Sequence[int]) -> Sequence[int | CrisisError]:
        return [LogMovedOnError() if job == 2 else job for job in jobs]

    commits = GroupCommit[int, int](perform)
    futures = [commits.submit(n) for n in range(4)]
    assert [type(future.exception()) for future in futures] == [
        type(None),
        type(None),
        LogMovedOnError,
        type(None),
    ]
    commits.close()


def test_poisonous_job_fails_alone_and_the_thread_lives_on() -> None:
    go = Event()

    def perform(jobs: Sequence[int]) -> Sequence[int]:
        go.wait()
        return [10 // job for job in jobs]

    commits = GroupCommit[int, int](perform)
    futures = [commits.submit(n) for n in (1, 2, 0, 5)]
    go.set()
    assert [future.exception() is None for future in futures] == [True, True, False, True]
    with pytest.raises(ZeroDivisionError):
        futures[2].result()
    assert commits.submit(10).result() == 1
    commits.close()


def test_unreachable_database_fails_for_all_and_is_not_asked_for_each() -> None:
    go, calls = Event(), []

    def perform(jobs: Sequence[int]) -> Sequence[int]:
        go.wait()
        calls.append(len(jobs))
        raise UnreachableError

    commits = GroupCommit[int, int](perform)
    futures = [commits.submit(n) for n in range(5)]
    go.set()
    assert {type(future.exception()) for future in futures} == {UnreachableError}
    assert len(calls) <= 2
    commits.close()


def test_closing_performs_what_waits_and_takes_no_more() -> None:
    commits = GroupCommit[int, int](lambda jobs: jobs)
    with ThreadPoolExecutor(4) as pool:
        futures = list(pool.map(commits.submit, range(500)))
    commits.close()
    commits.close()
    assert [future.result(0) for future in futures] == list(range(500))
    with pytest.raises(UnreachableError, match="The log is closed"):
        commits.submit(1)
