"""A wave: one step that asks very many partners at the same moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

REGION = "14612"
# Another town, for partners who sit behind another provider.
OTHER_REGION = "14713"
PLAYBOOK = "bench-wave"
TIMERS = "bench-timers"
STEP = "W1"

_PLAYBOOK = """\
id: bench-wave
version: 1.0.0
kind: exercise
title: {de: Welle, en: Wave}
region: "14"
review_by: 2099-12-31
lead:
  role: OB-L
  deputies: [Leitung der Geschäftsstelle]
  handover: {de: Beide bestätigen., en: Both confirm.}
agreements: [ob-opferhilfe-sachsen-2020-07-17]
ladders:
  A:
    - {after: 5m, then: next-channel}
    - {after: 10m, then: deputy}
    - {after: 15m, then: superior}
    - {after: 20m, then: lead}
profiles:
  ALL:
    title: {de: Alle Wege, en: All ways}
    order: [http, email, sms]
phases:
  - id: wave
    title: {de: Welle, en: Wave}
    benefit: {de: Alle sind informiert., en: Everyone is informed.}
    steps:
      - id: W1
        title: {de: Alle fragen, en: Ask all}
        mandatory: always
        who: OHS
        start: T0
        via: ALL
        expect: acknowledgement
        within: 15m
        escalate: A
        competence: beratung.opferhilfe
        basis: [S2.6]
        message:
          de: "{code_word}, {district}: Bitte bis {due} melden. Code {code}."
          en: "{code_word}, {district}: please call by {due}. Code {code}."
stand_down:
  id: W9
  title: {de: Entwarnung, en: Stand-down}
  via: ALL
  within: 1h
  benefit: {de: Kräfte werden frei., en: People are free again.}
  basis: [S2.4]
  message: {de: "{code_word}: Entwarnung.", en: "{code_word}: stand down."}
"""
_HEAD = """\
organisations:
  - id: bench
    name: {de: Opferhilfe, en: Victim support}
units:
"""
_UNIT = """\
  - id: {name}
    organisation: bench
    name: {{de: "Stelle {n}", en: "Office {n}"}}
    roles: [OHS]
    regions: ["{region}"]
    contact: {name}
"""
_FUNCTION = """\
  - id: {name}
    title: {{de: "Bereitschaft {n}", en: "Stand-by {n}"}}
    availability: round-the-clock
    deputy: {name}-dep
    superior: bench-sup
    channels:
      - {{kind: {kind}, address: "{address}", provider: sink, verified_on: {day}}}
      - {{kind: sms, address: "+49 152 28817386", provider: sink, verified_on: {day}}}
  - id: {name}-dep
    title: {{de: "Vertretung {n}", en: "Deputy {n}"}}
    availability: round-the-clock
    channels:
      - {{kind: {kind}, address: "{address}", provider: sink, verified_on: {day}}}
"""
_SUPERIOR = """\
  - id: bench-sup
    title: {{de: Leitung, en: Head}}
    availability: round-the-clock
    channels:
      - {{kind: sms, address: "+49 152 28817386", provider: sink, verified_on: {day}}}
"""
_DAY = "2026-11-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """
    Partners of one region who hold the role that the wave asks.

    `address` gives the first channel of each, by its number from 1; the second is
    an SMS. Their ids are `<name>-<number>`.
    """

    name: str
    partners: int
    address: Callable[[int], str]
    region: str = REGION

    @property
    def members(self) -> tuple[tuple[str, str], ...]:
        """Id and first address of each."""
        return tuple((f"{self.name}-{n}", self.address(n)) for n in range(1, self.partners + 1))


def over_http(sink: str, *, partners: int, name: str = "bench", region: str = REGION) -> Crowd:
    """Return partners who are asked over HTTP at a sink, given as host and port."""
    return Crowd(
        name=name,
        partners=partners,
        address=lambda n: f"json://{sink}/{name}/{n}",
        region=region,
    )


def write_crowds(contacts: Path, crowds: Sequence[Crowd]) -> None:
    """Write `bench.yaml` with these partners, their deputies and one superior."""
    contacts.mkdir(parents=True, exist_ok=True)
    units = [
        _UNIT.format(n=n, name=name, region=crowd.region)
        for crowd in crowds
        for n, (name, _) in enumerate(crowd.members, 1)
    ]
    functions = [
        _FUNCTION.format(n=n, name=name, address=address, kind=_kind(address), day=_DAY)
        for crowd in crowds
        for n, (name, address) in enumerate(crowd.members, 1)
    ]
    text = "".join((_HEAD, *units, "functions:\n", *functions, _SUPERIOR.format(day=_DAY)))
    (contacts / "bench.yaml").write_text(text, encoding="utf-8")


def write_wave(playbooks: Path, contacts: Path, *crowds: Crowd) -> None:
    """Write a playbook with one wave, `bench-wave.yaml`, and the contacts it asks."""
    playbooks.mkdir(parents=True, exist_ok=True)
    (playbooks / f"{PLAYBOOK}.yaml").write_text(_PLAYBOOK, encoding="utf-8")
    write_crowds(contacts, crowds)


def write_timers(playbooks: Path, *, seconds: Sequence[int]) -> None:
    """Write `bench-timers.yaml`: the wave's step once for each of these seconds after T0."""
    lines = _PLAYBOOK.splitlines(keepends=True)
    begin = lines.index(f"      - id: {STEP}\n")
    end = lines.index("stand_down:\n")
    step = "".join(lines[begin:end]).replace("start: T0\n", "start: T0+{second}s\n")
    steps = [
        step.replace("{second}", str(second)).replace(
            f"id: {STEP}\n", f"id: {timer_step(second)}\n"
        )
        for second in seconds
    ]
    text = "".join((*lines[:begin], *steps, *lines[end:])).replace(PLAYBOOK, TIMERS)
    (playbooks / f"{TIMERS}.yaml").write_text(text, encoding="utf-8")


def timer_step(second: int) -> str:
    """Return the id of the step that begins so many seconds after T0."""
    return f"T{second:02}"


def _kind(address: str) -> str:
    return "email" if address.startswith("mailto") else "http"
