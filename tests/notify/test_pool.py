"""What becomes of idle connections."""

from dataclasses import dataclass

from crisis.notify.pool import Pool


@dataclass
class Idler:
    """A connection without a wire."""

    quiet: bool = True
    retired: bool = False

    def is_quiet(self) -> bool:
        """Return what the test says."""
        return self.quiet

    def retire(self) -> None:
        """Note it."""
        self.retired = True


def test_pool_returns_the_one_used_last() -> None:
    pool: Pool[Idler] = Pool(rest=60)
    first, second = Idler(), Idler()
    pool.give("relay", first)
    pool.give("relay", second)
    assert pool.take("elsewhere") is None
    assert pool.take("relay") is second
    assert pool.take("relay") is first
    assert pool.take("relay") is None


def test_pool_retires_what_was_closed_or_rested_too_long() -> None:
    pool: Pool[Idler] = Pool(rest=60)
    closed = Idler(quiet=False)
    pool.give("relay", closed)
    assert pool.take("relay") is None
    tired: Pool[Idler] = Pool(rest=-1)
    old = Idler()
    tired.give("relay", old)
    assert tired.take("relay") is None
    assert (closed.retired, old.retired) == (True, True)


def test_pool_keeps_no_more_than_it_may() -> None:
    pool: Pool[Idler] = Pool(rest=60, most=1)
    first, second = Idler(), Idler()
    pool.give("relay", first)
    pool.give("relay", second)
    assert (first.retired, second.retired) == (False, True)


def test_pool_closed_keeps_nothing() -> None:
    pool: Pool[Idler] = Pool(rest=60)
    before, after = Idler(), Idler()
    pool.give("relay", before)
    pool.close()
    pool.give("relay", after)
    assert (before.retired, after.retired) == (True, True)
