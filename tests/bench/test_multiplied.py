"""One partner many times over: ids, contacts, deputies and channels of their own."""

from datetime import UTC, datetime
from pathlib import Path

from bench.multiplied import Multiplied
from bench.wave import PLAYBOOK, REGION, over_http, write_wave
from crisis.core.contact import holders
from crisis.loading.library import FileLibrary
from crisis.simulated.clock import FakeClock

NOW = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)


def test_each_partner_has_contacts_of_its_own(tmp_path: Path) -> None:
    write_wave(tmp_path / "p", tmp_path / "c", over_http("127.0.0.1:9", partners=1))
    files = FileLibrary(playbooks=tmp_path / "p", contacts=tmp_path / "c", clock=FakeClock(NOW))
    library = Multiplied(one=files, times=3)

    directory = library.directory(around=NOW)
    asked = holders(directory, "OHS", region=REGION)

    assert [partner.id for partner in asked] == ["bench-1-1", "bench-1-2", "bench-1-3"]
    contact = directory.contacts[asked[1].contact]
    assert (contact.id, contact.deputy) == ("bench-1-2", "bench-1-dep-2")
    assert [channel.id for channel in contact.channels] == ["bench-1-2-http", "bench-1-2-sms"]
    assert library.playbook(PLAYBOOK) == files.playbook(PLAYBOOK)
    assert library.playbook_ids() == files.playbook_ids()
