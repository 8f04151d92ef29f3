"""What the log in memory does beside the port; the port itself is in tests/store."""

from datetime import UTC, datetime

from crisis.core.event import NoteAdded
from crisis.simulated.log import MemoryEventLog

AT = datetime(2026, 12, 18, 19, 20, tzinfo=UTC)
NOTE = NoteAdded(text="x", happened_at=AT)


def test_unsealed_log_saves_the_hashes() -> None:
    log = MemoryEventLog(sealed=False)
    written = log.append("i1", [NOTE, NOTE], actor="ada", at=AT, expected_version=0)
    assert [(entry.version, entry.prev_hash, entry.hash) for entry in written] == [
        (1, "", ""),
        (2, "", ""),
    ]
    assert log.read("i1") == written
    assert log.verify() == ()
    del log.chains["i1"][0]
    assert [fault.version for fault in log.verify()] == [2]
