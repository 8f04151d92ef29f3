"""A wave: one step that asks very many partners at the same moment."""

from pathlib import Path

REGION = "14612"
PLAYBOOK = "bench-wave"
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
    order: [http, sms]
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
  - id: bench-{n}
    organisation: bench
    name: {{de: "Stelle {n}", en: "Office {n}"}}
    roles: [OHS]
    regions: ["14612"]
    contact: bench-{n}
"""
_FUNCTION = """\
  - id: bench-{n}
    title: {{de: "Bereitschaft {n}", en: "Stand-by {n}"}}
    availability: round-the-clock
    deputy: bench-dep-{n}
    superior: bench-sup
    channels:
      - {{kind: http, address: "json://{sink}/wave/{n}", provider: sink, verified_on: {day}}}
      - {{kind: sms, address: "+49 152 28817386", provider: sink, verified_on: {day}}}
  - id: bench-dep-{n}
    title: {{de: "Vertretung {n}", en: "Deputy {n}"}}
    availability: round-the-clock
    channels:
      - {{kind: http, address: "json://{sink}/deputy/{n}", provider: sink, verified_on: {day}}}
"""
_SUPERIOR = """\
  - id: bench-sup
    title: {{de: Leitung, en: Head}}
    availability: round-the-clock
    channels:
      - {{kind: http, address: "json://{sink}/superior", provider: sink, verified_on: {day}}}
"""


def write_wave(playbooks: Path, contacts: Path, *, partners: int, sink: str) -> None:
    """
    Write a playbook with one wave and the contacts it asks.

    Args:
        playbooks: folder of playbooks; it gets `bench-wave.yaml`.
        contacts: folder of contacts; it gets `bench.yaml`.
        partners: how many are asked.
        sink: host and port of the HTTP sink they all listen at.
    """
    for folder in (playbooks, contacts):
        folder.mkdir(parents=True, exist_ok=True)
    numbers = range(1, partners + 1)
    day = "2026-11-02"
    text = (
        _HEAD
        + "".join(_UNIT.format(n=n) for n in numbers)
        + "functions:\n"
        + "".join(_FUNCTION.format(n=n, sink=sink, day=day) for n in numbers)
        + _SUPERIOR.format(sink=sink, day=day)
    )
    (contacts / "bench.yaml").write_text(text, encoding="utf-8")
    (playbooks / f"{PLAYBOOK}.yaml").write_text(_PLAYBOOK, encoding="utf-8")
