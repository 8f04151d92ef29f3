"""
All checks of one playbook beyond its shape; each reports every mistake it finds.

Checks that need the contacts as well (roles, competences) are in `role_checks`.
"""

from collections.abc import Iterator
from datetime import date

from crisis.loading.beginner_checks import check_beginners
from crisis.loading.both_checks import check_both
from crisis.loading.bulletin_checks import check_bulletins
from crisis.loading.condition_checks import check_conditions
from crisis.loading.fact_checks import check_attributes, check_forms
from crisis.loading.gate_checks import check_gates
from crisis.loading.hub_checks import check_hubs
from crisis.loading.located import Document
from crisis.loading.message_checks import check_messages
from crisis.loading.minimum_checks import check_minimum
from crisis.loading.objective_checks import check_objectives
from crisis.loading.occasion_checks import check_occasions
from crisis.loading.place_checks import check_places
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.possible_checks import check_possible
from crisis.loading.problem import Problem, Strength
from crisis.loading.protection_checks import check_protection
from crisis.loading.repeat_checks import check_repeats
from crisis.loading.secrecy_checks import check_secrecy
from crisis.loading.shape import did_you_mean
from crisis.loading.stabilise_checks import check_stabilise
from crisis.loading.start_checks import check_starts
from crisis.loading.step_checks import check_steps
from crisis.loading.telling_checks import check_telling
from crisis.loading.timing_checks import check_deadlines, check_ladders
from crisis.loading.unconditional_checks import check_unconditional


def check_playbook(
    document: Document, written: PlaybookFile, *, stem: str, today: date
) -> tuple[Problem, ...]:
    """Return every mistake in a playbook; `stem` is the file's name without its ending."""
    return (
        *_check_head(document, written, stem=stem, today=today),
        *check_beginners(document, written),
        *check_attributes(document, written),
        *check_forms(document, written),
        *check_ladders(document, written),
        *check_steps(document, written),
        *check_starts(document, written),
        *check_objectives(document, written),
        *check_occasions(document, written),
        *check_deadlines(document, written),
        *check_repeats(document, written),
        *check_conditions(document, written),
        *check_possible(document, written),
        *check_unconditional(document, written),
        *check_stabilise(document, written),
        *check_protection(document, written),
        *check_secrecy(document, written),
        *check_hubs(document, written),
        *check_both(document, written),
        *check_telling(document, written),
        *check_gates(document, written),
        *check_bulletins(document, written),
        *check_places(document, written),
        *check_messages(document, written),
        *check_minimum(document, written),
    )


def _check_head(
    document: Document, written: PlaybookFile, *, stem: str, today: date
) -> Iterator[Problem]:
    if written.id != stem:
        yield document.problem(
            ("id",),
            "PB101",
            f"the id `{written.id}` differs from the file's name",
            hint=f"rename the file to {written.id}.yaml, or write `id: {stem}`",
        )
    if written.lead.brief is not None and written.lead.brief not in written.forms:
        yield document.problem(
            ("lead", "brief"),
            "PB206",
            f"unknown form `{written.lead.brief}`",
            hint=did_you_mean(written.lead.brief, written.forms),
        )
    if written.review_by is None:
        yield document.problem(
            (),
            "PB302",
            "no review date",
            hint="write `review_by: 2027-06-30`, twelve months after release at the latest",
            strength=Strength.WARNING,
        )
    elif written.review_by < today:
        yield document.problem(
            ("review_by",),
            "PB302",
            f"the review date {written.review_by.isoformat()} has passed",
            hint="review the playbook with its partners and set the next date",
            strength=Strength.WARNING,
        )
