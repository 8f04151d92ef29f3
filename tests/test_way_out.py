"""The whole way out: a file of providers, real relays with faults, limits, and the log."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from crisis.core.asked import AttemptEnded, AttemptHeld
from crisis.settings import Settings
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.simulated.sinks.smtp_script import ANYONE, Act, Fault, Stage
from crisis.usecases.showing import show
from crisis.usecases.tick import tick
from crisis.wiring import World, open_world
from tests.builders import a_playbook
from tests.flows.house import an_incident, write_contacts

PARTNERS = 12
Relays = tuple[SmtpSink, SmtpSink]


@pytest.fixture
def relays() -> Iterator[Relays]:
    with SmtpSink() as first, SmtpSink() as second:
        yield first, second


@contextmanager
def a_house(folder: Path, relays: Relays, *, limit: str = "1000/minute") -> Iterator[World]:
    """Yield the real world of a house with two relays, its partners at plain mail addresses."""
    write_contacts(folder / "contacts", partners=PARTNERS, port=1)
    contacts = folder / "contacts" / "stellen.yaml"
    text = contacts.read_text(encoding="utf-8").replace("kind: http", "kind: email")
    for n in range(1, PARTNERS + 1):
        text = text.replace(f'"json://127.0.0.1:1/{n}"', f'"stelle-{n}@partner.example"')
    contacts.write_text(text, encoding="utf-8")
    providers = folder / "providers.yaml"
    providers.write_text(
        "mail:\n"
        + "".join(
            f"  - {{id: {name}, order: {order}, limits: [{limit}],"
            f' url: "mailto://127.0.0.1:{sink.port}/?from=lage@lage.example"}}\n'
            for name, order, sink in zip("ab", (1, 2), relays, strict=True)
        ),
        encoding="utf-8",
    )
    given = {
        "data_dir": folder / "data",
        "playbooks_dir": folder / "playbooks",
        "contacts_dir": folder / "contacts",
        "providers": providers,
        "in_flight": 4,
    }
    settings = Settings(_env_file=None, **given)  # type: ignore[arg-type]  # -- pydantic checks
    with open_world(settings) as world:
        yield world


def carried(world: World, incident: str) -> Counter[tuple[str, str, str]]:
    """Return how often which provider ended an attempt how."""
    return Counter(
        (entry.event.provider, entry.event.outcome.value, entry.event.code)
        for entry in world.desk.incidents.entries(incident)
        if isinstance(entry.event, AttemptEnded)
    )


def go(world: World, incident: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        tick(world.desk, incident, pool=pool)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(at=Stage.CONNECT, act=Act.DROP),
        Fault(at=Stage.MAIL, reply="421 4.3.2 closing"),
        Fault(at=Stage.RCPT, reply="451 4.3.0 later"),
    ],
)
def test_wave_goes_over_the_second_relay_while_the_first_fails(
    tmp_path: Path, relays: Relays, fault: Fault
) -> None:
    first, second = relays
    first.script(ANYONE, fault)
    with a_house(tmp_path, relays) as world:
        incident = an_incident(world, a_playbook()).id
        go(world, incident)

        assert carried(world, incident) == {("b", "accepted", "250"): PARTNERS}
        assert world.breakers() == {"a": "open", "b": "closed"}
    assert (len(first.mails), len(second.mails)) == (0, PARTNERS)


def test_message_dropped_after_the_text_is_never_given_to_another_relay(
    tmp_path: Path, relays: Relays
) -> None:
    first, second = relays
    first.script("stelle-1@partner.example", Fault(at=Stage.BODY, act=Act.DROP))
    with a_house(tmp_path, relays) as world:
        incident = an_incident(world, a_playbook()).id
        go(world, incident)

        found = carried(world, incident)
        assert found["a", "unknown", "dropped"] >= 1
        assert found["a", "accepted", "250"] == PARTNERS - 1
    assert second.mails == ()


def test_wave_beyond_both_relays_limits_waits_and_says_until_when(
    tmp_path: Path, relays: Relays
) -> None:
    with a_house(tmp_path, relays, limit="4/hour") as world:
        incident = an_incident(world, a_playbook()).id
        go(world, incident)

        # Of each relay's four places the last one is kept for a stand-down.
        assert carried(world, incident) == {
            ("a", "accepted", "250"): 3,
            ("b", "accepted", "250"): 3,
        }
        held = [
            entry.event.limit
            for entry in world.desk.incidents.entries(incident)
            if isinstance(entry.event, AttemptHeld)
        ]
        now = world.desk.house.clock.now()
        shown = show(world.desk.incidents.current(incident), now=now)["obligations"]
    assert Counter(held) == {"provider a 4/hour": 3, "provider b 4/hour": 3}
    assert isinstance(shown, list)
    assert sum(len(one["held"]) for one in shown) == PARTNERS - 6
    assert [len(relay.mails) for relay in relays] == [3, 3]
