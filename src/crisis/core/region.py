"""Regions by their official key (AGS), and the names people know them by."""

FEDERAL = "00"

# Länder and the Saxon districts (`partners.md` §2.3); other districts read as their key.
NAMES = {
    "00": "Bund",
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
    "14511": "Chemnitz",
    "14521": "Erzgebirgskreis",
    "14522": "Mittelsachsen",
    "14523": "Vogtlandkreis",
    "14524": "Zwickau",
    "14612": "Dresden",
    "14625": "Landkreis Bautzen",
    "14626": "Landkreis Görlitz",
    "14627": "Landkreis Meißen",
    "14628": "Sächsische Schweiz-Osterzgebirge",
    "14713": "Leipzig",
    "14729": "Landkreis Leipzig",
    "14730": "Nordsachsen",
}


def name_of(region: str) -> str:
    """Return the name of the district, else of its Land, else the key itself."""
    for length in (5, 2):
        if region[:length] in NAMES:
            return NAMES[region[:length]]
    return region


def is_key(text: str) -> bool:
    """Return whether a text is a region's key: 2, 5 or 8 digits of a known Land, or `00`."""
    return text.isascii() and text.isdigit() and len(text) in {2, 5, 8} and text[:2] in NAMES


def covers(prefix: str, region: str) -> bool:
    """Return whether a region lies in another: the federation's `00` covers every one."""
    return prefix == FEDERAL or region.startswith(prefix)


def land_of(region: str) -> str:
    """Return the two-digit key of the Land."""
    return region[:2]
