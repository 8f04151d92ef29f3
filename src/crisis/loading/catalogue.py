"""
The controlled lists that contact files draw on: roles, competences, subjects of agreements.

Source: `partners.md` §2.1 (competences) and §2.2 (abbreviations of the partner
catalogue). Two roles are ours: the catalogue has one line for an organisation and
its branches, but a hub step (`playbooks.md` §7.1, A18 and A19) asks them apart.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from crisis.core.complaint import COMPLAINANT
from crisis.core.review import PARTY, PARTY_LEAD

# What agreements are about. Two that share a subject and a party are shown as an overlap.
Subject = Literal[
    "mass-casualty",
    "victim-support",
    "trafficking",
    "domestic-violence",
    "prevention",
    "training",
    "court-support",
]

# The disciplines that victims need (S1.7: „fachübergreifend und ganzheitlich“), and others.
Sector = Literal[
    "justice",
    "police",
    "health",
    "psychosocial",
    "financial",
    "children-youth",
    "consular",
    "coordination",
    "rescue",
    "language",
]
# Those that a mass-casualty playbook does not leave out.
SECTORS: tuple[Sector, ...] = (
    *("justice", "police", "health", "psychosocial", "financial"),
    *("children-youth", "consular"),
)
_ROLES_BY_SECTOR: Mapping[Sector, tuple[str, ...]] = MappingProxyType(
    {
        "justice": ("GBA-O", "STA", "PPB", "JM", "GER", "JVA"),
        "police": ("KoBe", "POL-FLZ", "POL-OS", "POL-B", "POL-P", "BPOL", "FKS", "LKA-MH"),
        "health": ("TA", "KH"),
        "psychosocial": (
            *("NOAH", "PSNV-L", "PSNV-E", "PSNV-LZ", "OHS", "OHS-B", "WR", "WR-A", "RAA"),
            *("REL", "KOK", "FBS", "BHG"),
        ),
        "financial": ("BfJ", "KSV", "DGUV-Z", "UK", "VOH"),
        "children-youth": ("JA", "SCH"),
        "consular": ("AA",),
        "coordination": ("OB-L", "BOB", "OB-X", "KRS", "STK", "LKS", "BST", "ABH", "EXP"),
        "rescue": ("IRLS", "PASt"),
        "language": ("DOL",),
    }
)
# The sector of a partner that names none.
SECTOR_OF_ROLE: Mapping[str, Sector] = MappingProxyType(
    {role: sector for sector, roles in _ROLES_BY_SECTOR.items() for role in roles}
)

# Roles that nobody holds in the contacts: a review binds them to the parties of its agreement.
BOUND_AT_OPENING = frozenset({PARTY, PARTY_LEAD, COMPLAINANT})

BRANCH_ROLES = ("OHS-B", "WR-A")

ROLES = frozenset(
    (
        *("OB-L", "BOB", "KoBe", "GBA-O", "BfJ", "NOAH", "AA"),
        *("POL-FLZ", "POL-OS", "POL-B", "POL-P", "IRLS"),
        *("PSNV-L", "PSNV-E", "PSNV-LZ", "PASt", "KRS"),
        *("OHS", "WR", "RAA", "TA", "KSV", "DGUV-Z", "UK", "VOH"),
        *("STA", "PPB", "KH", "JA", "SCH", "REL", "DOL"),
        *("KOK", "FBS", "BPOL", "ABH", "FKS", "LKA-MH", "LKS", "OB-X", "BST"),
        *("STK", "JM", "GER", "JVA", "BHG", "EXP", "TAE"),
        *BRANCH_ROLES,
    )
)

_COMPETENCES_BY_FIELD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lage": ("melden", "entscheiden"),
        "alarmierung": ("psnv",),
        "koordination": ("land", "bund", "kommune", "unfallversicherung"),
        "betroffene": (
            "erstkontakt",
            "proaktiv_anschreiben",
            "einwilligung_einholen",
            "todesnachricht",
        ),
        "auskunft": ("vermisste", "verstorbene"),
        "akuthilfe": ("psychosozial", "einsatzkraefte"),
        "beratung": ("opferhilfe", "opferhilfe_mh", "rechte_gewalt", "telefon"),
        "begleitung": ("behoerden", "prozess"),
        "therapie": ("trauma_akut",),
        "leistung": (
            "soziale_entschaedigung",
            "fallmanagement",
            "haerte",
            "unfallversicherung",
            "verkehrsopfer",
            "soforthilfe_verein",
        ),
        "verfahren": (
            "ermittlung",
            "information_verletzte",
            "gefaehrdungsbewertung",
            "opferschutz_polizei",
        ),
        "identifizierung": ("mh",),
        "unterbringung": ("schutz",),
        "aufenthalt": ("bedenkfrist",),
        "kinder": ("inobhutnahme", "beratung"),
        "schule": ("krisenteam",),
        "medizin": ("behandlung", "sozialdienst"),
        "konsular": ("inland", "ausland"),
        "oeffentlichkeit": ("presse", "hotline", "webinfo"),
        "sprache": ("dolmetschen",),
        "gedenken": ("organisieren",),
        "beschwerde": ("annehmen",),
    }
)

COMPETENCES = frozenset(
    (
        *("seelsorge", "schulung", "vernetzung"),
        *(f"{field}.{what}" for field, whats in _COMPETENCES_BY_FIELD.items() for what in whats),
    )
)

# The sixteen Länder: AGS prefix and the subdivision code that `holidays` knows.
LAENDER: Mapping[str, str] = MappingProxyType(
    {
        "01": "SH",
        "02": "HH",
        "03": "NI",
        "04": "HB",
        "05": "NW",
        "06": "HE",
        "07": "RP",
        "08": "BW",
        "09": "BY",
        "10": "SL",
        "11": "BE",
        "12": "BB",
        "13": "MV",
        "14": "SN",
        "15": "ST",
        "16": "TH",
    }
)
