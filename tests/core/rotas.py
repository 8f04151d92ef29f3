"""Directories in which the turns change often: of partners, of who stands in, of the lead."""

from datetime import timedelta

from hypothesis import strategies as st

from crisis.core.availability import Rota, Shift
from crisis.core.contact import ChannelKind, Directory
from tests.builders import T0, a_contact, a_directory, a_partner, minutes

HOLDERS = ("by-any", "by-phone", "by-nothing")
# Until the next turn, in minutes; the moves of a timeline wait for about as long.
TURNS = (1, 7, 15, 20, 45, 90, 300, 1500)


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    """Draw a rota that begins at T0 or later: turns of minutes to a day, some with a gap after."""
    shifts, at = [], T0 - timedelta(hours=1)
    for _ in range(draw(st.integers(0, 6))):
        end = at + minutes(draw(st.sampled_from(TURNS)))
        shifts.append(Shift(start=at, end=end, holder=draw(st.sampled_from(HOLDERS))))
        at = end + minutes(draw(st.sampled_from((0, 0, 20))))
    return Rota(shifts=tuple(shifts))


@st.composite
def turning_directories(draw: st.DrawFn) -> Directory:
    """Draw a directory of two partners and a lead, where any contact may be on a rota."""
    names = ("ohs", "ohs-dep", "ohs-sup", "wr", "lead", "lead-dep")
    on_rota = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    stand_ins = {
        "ohs": ("ohs-dep", "ohs-sup"),
        "wr": ("ohs-dep", "wr"),
        "lead": ("lead-dep", None),
    }
    turning = [
        a_contact(
            name,
            availability=draw(rotas()),
            deputy=stand_ins.get(name, (None, None))[0],
            superior=stand_ins.get(name, (None, None))[1],
        )
        for name in on_rota
    ]
    return a_directory(
        a_partner("ohs"),
        a_partner("wr", role="WR"),
        contacts=(
            *turning,
            a_contact("by-any"),
            a_contact("by-phone", kinds=(ChannelKind.PHONE_BY_HAND,)),
            a_contact("by-nothing", kinds=()),
        ),
    )
