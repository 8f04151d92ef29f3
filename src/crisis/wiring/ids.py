"""The only source of ids."""

import secrets
from datetime import UTC, datetime

# No vowels and nothing that looks alike: neither words nor misreadings come out.
_ID_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


_CODE_WORDS = tuple(
    """
    AHORN AKAZIE BIRKE BUCHE EIBE EICHE ERLE ESCHE ESPE FICHTE FLIEDER GINSTER HASEL HOLUNDER
    KASTANIE KIEFER LINDE MISTEL PAPPEL PLATANE ROBINIE TANNE ULME WACHOLDER WEIDE ZEDER
    ALLER DONAU EIDER ELBE ELSTER FULDA HAVEL ISAR LAHN LEINE MAIN MOSEL MULDE NECKAR ODER RHEIN
    RUHR SAALE SPREE TAUBER UNSTRUT WERRA WESER WUPPER
    ARBER BROCKEN DEISTER EIFEL FELDBERG HARZ HUNSRUECK INSELSBERG KEULENBERG LAUSCHE LILIENSTEIN
    MELIBOKUS RENNSTEIG SOLLING SPESSART TAUNUS VOGESEN WATZMANN ZUGSPITZE
    """.split()  # noqa: SIM905 -- a word per line would fill the screen
)


class RandomIds:
    """Keeps the port `Ids` by the machine's source of randomness."""

    def incident_id(self, *, at: datetime) -> str:
        """Return an id that sorts by time (UTC), such as `20261218-1820-k7m2`."""
        tail = "".join(secrets.choice(_ID_LETTERS) for _ in range(4))
        return f"{at.astimezone(UTC):%Y%m%d-%H%M}-{tail}"

    def boot(self) -> str:
        """Return what tells one start of an engine from every other, such as `k7m2`."""
        return "".join(secrets.choice(_ID_LETTERS) for _ in range(4))

    def code_word(self) -> str:
        """Return a code word that can be said on the telephone, such as `AHORN 47`."""
        return f"{secrets.choice(_CODE_WORDS)} {10 + secrets.randbelow(90)}"
