"""`crisis agreement due | dossier | review`: what was promised is held against what happened."""

import click

from crisis.cli import option, output

on_day = click.option(
    "--on",
    metavar="DAY",
    help="The day that is looked at, such as 2026-12-18.  [default: today]",
)
_agreement_id = click.argument("agreement_id", metavar="ID")


@click.command()
@on_day
@click.option("--all", "every", is_flag=True, help="Also those whose review is not due yet.")
@option.language
@option.as_json
def due(on: str | None, language: str, *, every: bool, as_json: bool) -> None:
    """
    Show which agreements are to be reviewed.

    At the latest a year after an agreement came into force or was reviewed, sooner if
    its file says so. Reviews count that the register reports, and those in the log.
    What was superseded or has ended is left out. Ends with exit code 1 if a review is
    overdue.
    """
    from crisis.cli.agreement_words import DUE_COLUMNS, due_row, due_shown, read_day
    from crisis.cli.door import open_world
    from crisis.core.register import due as due_of
    from crisis.usecases.reviewing import reviews_held

    with open_world() as world:
        now = world.desk.house.clock.now()
        register = world.desk.house.library.register(around=now)
        known = reviews_held(world.desk)
    day = read_day(on, now=now)
    found = [
        due_of(each, known.get(each.id, ()))
        for each in register.agreements
        if register.counts(each, on=day)
    ]
    overdue = [each for each in found if each.is_overdue(day)]
    listed = found if every else overdue
    if as_json:
        output.json_out({"on": day, "reviews": [due_shown(each, day) for each in listed]})
    else:
        rows = [due_row(each, day, language) for each in listed]
        output.table(DUE_COLUMNS, rows, empty="No review is overdue.")
    if overdue:
        raise click.exceptions.Exit(1)


@click.command()
@_agreement_id
@option.language
@option.as_json
def dossier(agreement_id: str, language: str, *, as_json: bool) -> None:
    """
    Show what runs said of an agreement since its last review.

    Findings that touch its clauses, signatures with a remark or a dissent, refusals as
    competence notes, and what partners wrote into the forms of steps that it founds.
    Measures stand first among what was said: they are open until a review, and after it if
    the review names them again. Below stands what answers add up to over all runs, such as
    the themes of feedback. Answers that only some roles may read are left out.
    """
    from crisis.cli.agreement_words import (
        THEME_COLUMNS,
        VOICE_COLUMNS,
        due_shown,
        due_words,
        theme_row,
        voice_row,
    )
    from crisis.cli.door import open_world
    from crisis.core.availability import local_day
    from crisis.usecases import reviewing

    with open_world() as world:
        found = reviewing.dossier(world.desk, agreement_id)
        today = local_day(world.desk.house.clock.now())
    if as_json:
        output.json_out(
            {
                **due_shown(found.due, today),
                "runs": [{"incident": run.incident, "log_to": run.log_to} for run in found.runs],
                "voices": [
                    {
                        "kind": voice.kind,
                        "incident": voice.incident,
                        "mode": voice.mode,
                        "step": voice.step,
                        "partner": voice.partner,
                        "said": voice.said.in_language(language),
                        "evidence": voice.evidence,
                    }
                    for voice in found.voices
                ],
                "themes": [
                    {
                        "question": theme.label.in_language(language),
                        "value": theme.value,
                        "shares": [
                            {"word": share.word.in_language(language), "count": share.count}
                            for share in theme.shares
                        ],
                        "runs": theme.runs,
                    }
                    for theme in found.themes
                ],
            }
        )
        return
    output.say(found.due.agreement.title.in_language(language))
    output.say(f"{due_words(found.due, today, language)}; runs read: {len(found.runs)}")
    output.say()
    rows = [voice_row(voice, language) for voice in found.voices]
    output.table(VOICE_COLUMNS, rows, empty="No run has said anything of it.")
    if found.themes:
        output.say()
        output.table(THEME_COLUMNS, [theme_row(theme, language) for theme in found.themes])


@click.command()
@_agreement_id
@click.option(
    "--occasion",
    default="",
    metavar="TEXT",
    help="Why it is reviewed now, if it is not simply due; never anything about a person.",
)
@click.option("--exercise", is_flag=True, help="A drill: it reviews nothing.")
@click.option(
    "--accept-gaps",
    is_flag=True,
    help="Open although nobody in the contacts stands for a party; it is asked another way.",
)
@option.by
@option.as_json
def review(
    agreement_id: str, occasion: str, by: str, *, exercise: bool, accept_gaps: bool, as_json: bool
) -> None:
    """
    Open the review of an agreement and ask its parties.

    The review is a run of the playbook `agreement-review`: each party says what it has
    experienced, the lead records the outcome (`crisis incident decide ID R2 confirmed |
    adapted | replaced | ended --reason TEXT`), each party signs. `crisis agreement due`
    counts it from that decision on; then the register is for you to change.

    Ends with exit code 3 if there is no such agreement, and with 4 if its review is
    open already or somebody is missing (see --accept-gaps).
    """
    from crisis.cli import aftermath
    from crisis.cli.door import open_world
    from crisis.core.event import Mode
    from crisis.usecases.reviewing import ReviewWish, open_review

    with open_world() as world:
        wish = ReviewWish(
            agreement=agreement_id,
            by=by,
            mode=Mode.EXERCISE if exercise else Mode.LIVE,
            occasion=occasion,
            accept_gaps=accept_gaps,
        )
        incident = open_review(world.desk, wish)
        done = f"{incident.opened.code_word} is open: {incident.id}"
        aftermath.finish(world, incident, done, as_json=as_json)
