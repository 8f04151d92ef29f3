"""What a Land's policy on consent asks for, and what a gate makes of it."""

from dataclasses import replace

import pytest

from crisis.core import consenting
from crisis.core import event as ev
from crisis.core.audit import audit
from crisis.core.consent_policy import (
    ConsentKind,
    ConsentPolicy,
    ConsentRule,
    Matter,
    kind_of,
    policy_in,
)
from crisis.core.consenting import Record
from crisis.core.event import Event
from crisis.core.gate import ConsentScope, Gate
from crisis.core.incident import Incident, fold
from crisis.core.plan import plan
from crisis.core.words import Words
from crisis.errors import UsageError
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step, entries_of

NUMBERS, CONTACT, CASE = Matter.NUMBERS, Matter.CONTACT_DATA, Matter.CASE
SAXONY = ConsentPolicy(
    land="14",
    title=Words(de="Sachsen"),
    rules=(
        ConsentRule(matter=NUMBERS, needs=ConsentKind.NONE, law="Summen"),
        ConsentRule(matter=CASE, by=("FBS",), to=("OHS",), needs=ConsentKind.ORAL, law="S5.4"),
        ConsentRule(matter=CASE, by=("FBS",), needs=ConsentKind.WRITTEN, law="sonst"),
    ),
)


@pytest.mark.parametrize(
    ("matter", "by", "to", "needs"),
    [
        (NUMBERS, (), (), ConsentKind.NONE),
        (CASE, ("FBS",), ("OHS",), ConsentKind.ORAL),
        (CASE, ("FBS",), ("OHS", "POL-OS"), ConsentKind.WRITTEN),
        (CASE, ("FBS", "KOK"), ("OHS",), ConsentKind.WRITTEN),
        (CASE, (), ("OHS",), ConsentKind.WRITTEN),
        (CONTACT, ("FBS",), ("OHS",), ConsentKind.WRITTEN),
    ],
)
def test_first_rule_that_fits_everybody_counts_and_else_the_strictest(
    matter: Matter, by: tuple[str, ...], to: tuple[str, ...], needs: ConsentKind
) -> None:
    assert SAXONY.needs(matter, by=by, to=to) is needs


def test_region_has_the_policy_of_its_land_else_that_of_all_others() -> None:
    federal = replace(SAXONY, land="00")

    assert policy_in((federal, SAXONY), "14612") == SAXONY
    assert policy_in((federal, SAXONY), "05111") == federal
    assert policy_in((SAXONY,), "05111") is None


def test_record_that_does_not_say_how_it_was_given_counts_as_said() -> None:
    assert [kind_of(form) for form in ("", "oral", "written")] == [
        ConsentKind.ORAL,
        ConsentKind.ORAL,
        ConsentKind.WRITTEN,
    ]


def an_incident(*events: Event, passes: Matter, policy: ConsentPolicy | None) -> Incident:
    """Return an incident with one gate, recorded by the centre and meant for `ohs`."""
    scope = ConsentScope(id="findings", label=Words(de="Erkenntnisse"))
    gate = Gate(scopes=(scope,), by=("FBS",), passes=passes)
    step = a_step("B30", gate=gate, within=None, ladder=None)
    directory = a_directory(a_partner("ohs"), a_partner("fbs", role="FBS"))
    first, *more = entries_of(*events, playbook=a_playbook(step), directory=directory)
    assert isinstance(first.event, ev.IncidentOpened)
    opened = replace(first, event=replace(first.event, consent_policy=policy))
    return fold((opened, *more))


def given(incident: Incident, form: str) -> tuple[Event, ...]:
    record = Record(scope="findings", partner="fbs", happened_at=T0)
    return consenting.give(incident, record, recipient="ohs", expires_at=None, now=T0, form=form)


def begun(incident: Incident) -> list[tuple[str, tuple[str, ...], str]]:
    facts = plan(incident, now=T0).facts
    return [(f.step, f.partners, f.consent) for f in facts if isinstance(f, ev.StepStarted)]


@pytest.mark.parametrize("form", ["", "oral", "written"])
def test_gate_opens_for_any_record_where_the_house_keeps_no_policy(form: str) -> None:
    plain = an_incident(passes=CONTACT, policy=None)

    after = an_incident(*given(plain, form), passes=CONTACT, policy=None)

    assert begun(after) == [("B30", ("ohs",), "E-01")]
    assert after.consents["E-01"].form == form


def test_consent_in_writing_is_asked_for_where_the_policy_wants_one() -> None:
    plain = an_incident(passes=CONTACT, policy=SAXONY)

    with pytest.raises(
        UsageError,
        match=r"in Sachsen B30 needs a consent in writing \(no rule speaks of it, so the "
        r"strictest holds\); record it as written once it is there",
    ):
        given(plain, "oral")

    after = an_incident(*given(plain, "written"), passes=CONTACT, policy=SAXONY)
    assert begun(after) == [("B30", ("ohs",), "E-01")]


def test_reason_of_the_rule_is_named() -> None:
    strict = replace(SAXONY, rules=SAXONY.rules[2:])

    with pytest.raises(UsageError, match=r"needs a consent in writing \(sonst\)"):
        given(an_incident(passes=CASE, policy=strict), "")


def test_gate_itself_opens_for_no_weaker_record() -> None:
    """A log that holds one all the same, such as one written by another version."""
    weaker = ev.ConsentGiven(
        consent="E-01",
        scope="findings",
        recipient="ohs",
        partner="fbs",
        expires_at=None,
        happened_at=T0,
        form="oral",
    )

    assert begun(an_incident(weaker, passes=CONTACT, policy=SAXONY)) == []
    assert begun(an_incident(weaker, passes=CASE, policy=SAXONY)) == [("B30", ("ohs",), "E-01")]


def test_step_begins_without_a_record_where_the_law_asks_for_none() -> None:
    plain = an_incident(passes=NUMBERS, policy=SAXONY)

    started = plan(plain, now=T0).facts
    after = an_incident(*started, passes=NUMBERS, policy=SAXONY)

    assert begun(plain) == [("B30", ("ohs",), "")]
    assert begun(after) == []
    assert audit(after, now=T0) == ()


def test_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="written, oral; not 'wink'"):
        given(an_incident(passes=CASE, policy=None), "wink")
