"""
The playbooks and partners of a house under faults.

Each region has partners with channels of one sort, so that a fault meets them alone.
"""

from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from crisis.cli.shipped import shipped_root

# Saxony's districts, each with one sort of partners.
WAVE = "14612"
WEB_ONLY = "14625"
MAIL_ONLY = "14626"
NO_NAME = "14627"
CLOSED = "14628"
SLOW = "14713"
PAIRS = "14729"

PATIENT = "fault-patient"
QUICK = "fault-quick"
TIMED = "fault-timed"
SECONDS = "fault-seconds"

_PLAYBOOK = """\
id: {id}
version: 1.0.0
kind: exercise
title: {{de: Welle, en: Wave}}
region: "14"
review_by: 2099-12-31
lead:
  role: OB-L
  deputies: [Leitung der Geschäftsstelle]
  handover: {{de: Beide bestätigen., en: Both confirm.}}
agreements: [ob-opferhilfe-sachsen-2020-07-17]
ladders:
  A:
    - {{after: {next}, then: next-channel}}
    - {{after: {deputy}, then: deputy}}
    - {{after: {lead}, then: lead}}
profiles:
  ALL:
    title: {{de: Alle Wege, en: All ways}}
    order: [http, email, sms]
phases:
  - id: wave
    title: {{de: Welle, en: Wave}}
    benefit: {{de: Alle sind informiert., en: Everyone is informed.}}
    steps:
      - id: W1
        title: {{de: Alle fragen, en: Ask all}}
        mandatory: always
        who: OHS
        start: T0
        via: ALL
        expect: acknowledgement
        within: {within}
        escalate: A
        competence: beratung.opferhilfe
        basis: [S2.6]
        message:
          de: "{{code_word}}, {{district}}: Bitte bis {{due}} melden. Code {{code}}. {{link}}"
          en: "{{code_word}}, {{district}}: please call by {{due}}. Code {{code}}. {{link}}"
stand_down:
  id: W9
  title: {{de: Entwarnung, en: Stand-down}}
  via: ALL
  within: 1h
  benefit: {{de: Kräfte werden frei., en: People are free again.}}
  basis: [S2.4]
  message: {{de: "{{code_word}}: Entwarnung.", en: "{{code_word}}: stand down."}}
"""
_HEAD = """\
organisations:
  - id: faults
    name: {de: Opferhilfe, en: Victim support}
units:
  - id: lead
    organisation: faults
    name: {de: Leitstelle, en: Desk}
    roles: [OB-L]
    regions: ["14"]
    contact: lead
"""
_UNIT = """\
  - id: {id}
    organisation: faults
    name: {{de: "Stelle {n}", en: "Office {n}"}}
    roles: [OHS]
    regions: ["{region}"]
    contact: {id}
"""
_FUNCTION = """\
  - id: {id}
    title: {{de: "Bereitschaft {n}", en: "Stand-by {n}"}}
    availability: round-the-clock
    deputy: {deputy}
    superior: lead
    channels:
"""
_LEAD = """\
  - id: lead
    title: {{de: Leitung, en: Head}}
    availability: round-the-clock
    channels:
      - {{kind: http, address: "json://{web}/lead", provider: sink, verified_on: {day}}}
"""
_DAY = "2026-02-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Host and port of each provider that partners have addresses at."""

    web: str
    slow: str
    closed: str


def partner(region: str, n: int) -> str:
    """Return the id of a region's n-th partner."""
    return f"s{region}-{n}"


def partners(region: str, count: int) -> frozenset[str]:
    """Return the ids of so many partners of a region."""
    return frozenset(partner(region, n) for n in range(1, count + 1))


def write_places(folder: Path, hosts: Hosts, *, counts: dict[str, int]) -> None:
    """Write playbooks and contacts; `counts` says how many partners each region has."""
    copytree(shipped_root() / "playbooks", folder / "playbooks")
    ladders = {
        PATIENT: {"next": "4h", "deputy": "8h", "lead": "10h", "within": "12h"},
        QUICK: {"next": "2m", "deputy": "4m", "lead": "30m", "within": "1h"},
        SECONDS: {"next": "10s", "deputy": "20s", "lead": "30m", "within": "1h"},
        TIMED: {"next": "25m", "deputy": "30m", "lead": "2h", "within": "30m"},
    }
    for name, times in ladders.items():
        text = _PLAYBOOK.format(id=name, **times)
        (folder / "playbooks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    units, functions = [_HEAD], ["functions:\n", _LEAD.format(web=hosts.web, day=_DAY)]
    for region, count in counts.items():
        for n in range(1, count + 1):
            name = partner(region, n)
            units.append(_UNIT.format(id=name, n=n, region=region))
            functions.append(_function(n, region, hosts))
    contacts = folder / "contacts"
    contacts.mkdir(parents=True)
    (contacts / "faults.yaml").write_text("".join(units + functions), encoding="utf-8")


def _function(n: int, region: str, hosts: Hosts) -> str:
    name = partner(region, n)
    web, sms = f"json://{hosts.web}/{name}", "+49 152 28817386"
    ways: dict[str, tuple[tuple[str, str], ...]] = {
        WAVE: (("http", web), ("sms", sms)),
        WEB_ONLY: (("http", web),),
        MAIL_ONLY: (("email", f"{name}@stelle.example"),),
        NO_NAME: (("http", f"json://{name}.invalid/{name}"), ("sms", sms)),
        CLOSED: (("http", f"json://{hosts.closed}/{name}"),),
        SLOW: (("http", f"json://{hosts.slow}/{name}"),),
        PAIRS: (("http", web),),
    }
    own = _FUNCTION.format(id=name, n=n, deputy=f"{name}-dep" if region == PAIRS else "lead")
    text = own + "".join(_channel(kind, address) for kind, address in ways[region])
    if region == PAIRS:
        deputy = _FUNCTION.format(id=f"{name}-dep", n=n, deputy="lead")
        text += deputy + _channel("http", f"json://{hosts.web}/{name}-dep")
    return text


def _channel(kind: str, address: str) -> str:
    return f'      - {{kind: {kind}, address: "{address}", provider: sink, verified_on: {_DAY}}}\n'
