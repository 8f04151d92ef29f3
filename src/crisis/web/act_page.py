"""A page with one form and one button: shown, filled in, carried out."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from crisis.core.event import Mode
from crisis.core.form import FieldKind
from crisis.core.incident import Incident
from crisis.errors import NotFoundError, PersonalDataError, RefusedError, UsageError
from crisis.web.desk_act import DeskAct, read_act
from crisis.web.form_view import form_view
from crisis.web.forms import MORE_ROWS, Posted, as_posted, without
from crisis.web.pages import Notice, page, speaker, to_page

MORE = "more-rows"
FREE = frozenset({FieldKind.TEXT, FieldKind.LIST, FieldKind.NEEDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One request for a page of this kind: about which incident, to do what, and whence.

    `home` is the path of the page it was opened from. `who` has signed in; empty for a
    partner, who has not.
    """

    request: Request
    incident: Incident
    act: DeskAct
    home: str
    who: str = ""


def carry_out(entry: Entry, posted: Posted) -> Response:
    """
    Do what was filled in and return the page to show.

    Raises:
        Notice: there is no such button any more, or the house refuses it.
    """
    say, act = speaker(entry.request), entry.act
    if posted.get("action") == MORE:
        return show(entry, posted=posted, more_rows=MORE_ROWS)
    if (posted.get("action"), posted.get("number", "")) != (act.action, act.number):
        raise Notice(409, say("Das geht jetzt nicht mehr"), say("Nichts wurde gespeichert."))
    reading = read_act(act, posted, say)
    if reading.errors:
        return show(entry, posted=without(posted, reading.personal), errors=reading.errors)
    try:
        act.do(reading.answers)
    except PersonalDataError as refused:
        # Nobody says in which field: no free text is shown again, what was chosen stays.
        kept = without(posted, frozenset(one.id for one in act.form.fields if one.kind in FREE))
        return show(entry, posted=kept, errors={"": str(refused)})
    except UsageError as wrong:
        return show(entry, posted=posted, errors={"": str(wrong)})
    except (NotFoundError, RefusedError) as refused:
        told = act.refused or (say("Das geht jetzt nicht mehr"), str(refused))
        raise Notice(409, *told) from refused
    return to_page(entry.request, entry.home, anchor=act.anchor, done=act.done)


def show(
    entry: Entry,
    *,
    posted: Posted | None = None,
    errors: Mapping[str, str] | None = None,
    more_rows: int = 0,
) -> Response:
    """Return the page, with what was typed and what is wrong with it."""
    act, opened = entry.act, entry.incident.opened
    filled = as_posted(act.form, act.held) if posted is None else posted
    shown = form_view(
        act.form, filled, errors or {}, say=speaker(entry.request), more_rows=more_rows
    )
    values = {
        "who": entry.who,
        "back": entry.home,
        "code_word": opened.code_word,
        "exercise": opened.mode is Mode.EXERCISE,
        "title": act.title,
        "notes": act.notes,
        "form": shown,
        "error": (errors or {}).get("", ""),
        "button": act.button,
        "action": act.action,
        "number": act.number,
    }
    template = "desk.html" if entry.who else "partner_act.html"
    return page(entry.request, template, values=values, status=422 if errors else 200)
