"""
The districts of Länder by their official keys (AGS, five digits).

Source: `partners.md` §2.3 for Saxony (14); for North Rhine-Westphalia (05) the official
register of municipalities. A Land that stands here is here with all its districts.
"""

from collections.abc import Mapping

DISTRICTS: Mapping[str, tuple[str, ...]] = {
    "05": (
        *("05111", "05112", "05113", "05114", "05116", "05117", "05119", "05120", "05122"),
        *("05124", "05154", "05158", "05162", "05166", "05170"),
        *("05314", "05315", "05316", "05334", "05358", "05362", "05366", "05370", "05374"),
        *("05378", "05382"),
        *("05512", "05513", "05515", "05554", "05558", "05562", "05566", "05570"),
        *("05711", "05754", "05758", "05762", "05766", "05770", "05774"),
        *("05911", "05913", "05914", "05915", "05916", "05954", "05958", "05962", "05966"),
        *("05970", "05974", "05978"),
    ),
    "14": (
        *("14511", "14521", "14522", "14523", "14524"),
        *("14612", "14625", "14626", "14627", "14628"),
        *("14713", "14729", "14730"),
    ),
}


def districts_in(region: str) -> tuple[str, ...]:
    """
    Return the districts of a Land, or the one that a longer key lies in; sorted.

    Empty for a Land that is not known here, all that are known for the federation (`00`).
    """
    if region == "00":
        return tuple(sorted(one for land in DISTRICTS.values() for one in land))
    known = DISTRICTS.get(region[:2], ())
    return tuple(one for one in known if one.startswith(region[:5]))
