"""`crisis playbook explain`: why a rule exists, and where a value of a playbook comes from."""

from textwrap import indent
from typing import TYPE_CHECKING

import click

from crisis.cli import option, output

if TYPE_CHECKING:
    from crisis.workshop import Explained, RuleText


@click.command()
@click.argument("what", metavar="ID[.STEP[.FIELD]] | RULE")
@click.option(
    "--region",
    metavar="R",
    help="With the overlays of a region: an official key (AGS) such as 14626, or a name.",
)
@option.as_json
def explain(what: str, *, region: str | None, as_json: bool) -> None:
    """
    Say where a value comes from, or why a rule exists.

    RULE is the code that `crisis playbook check` and `crisis contacts check`
    print, such as PB101. `A32.within` names a field of a step, `A32` the step,
    `sn-mass-casualty` the playbook with its layers; where several playbooks have
    the step, write sn-mass-casualty.A32.within. `A32.partner` says who is asked;
    without --region, all who hold the role and where, and whom overlays bind.

    The value in force comes first, then every layer that it overrides. Without
    --region the playbook's own value is told, and each region's that differs.
    """
    from crisis.cli.door import workshop
    from crisis.cli.region import read_region

    shop = workshop()
    known = read_region(region) if region else ""
    rule = _rule(what)
    if rule is not None:
        if as_json:
            output.json_out(_rule_shown(rule))
        else:
            _say_rule(rule)
        return
    found = shop.explain(what, region=known)
    if as_json:
        output.json_out(_shown(found))
    else:
        _say(found)


def _rule(what: str) -> "RuleText | None":
    from crisis.errors import NotFoundError
    from crisis.workshop import is_rule_like, rule_text

    try:
        return rule_text(what)
    except NotFoundError:
        # What looks like a code and is none was meant as one.
        if is_rule_like(what):
            raise
        return None


def _say_rule(rule: "RuleText") -> None:
    output.say(output.folded(f"{rule.code}: {rule.why}", indent=2, width=output.width()))
    if rule.served_by:
        output.say(f"It is checked by {' and '.join(rule.served_by)}.")
    if rule.strength is not None:
        output.say(f"It is reported as: {rule.strength}.")
    for title, text in (("Reported:", rule.failing), ("In order:", rule.passing)):
        if text:
            output.say(f"{title}\n{indent(text.rstrip(), '  ')}")


def _rule_shown(rule: "RuleText") -> dict[str, object]:
    return {
        "rule": rule.code,
        "why": rule.why,
        "strength": None if rule.strength is None else rule.strength.value,
        "served_by": list(rule.served_by),
        "failing": rule.failing,
        "passing": rule.passing,
    }


def _say(found: "Explained") -> None:
    from crisis.core.region import name_of

    for asked in found.partners:
        elsewhere = asked.region and asked.binding is not None and not found.region
        where = f"In {asked.region} {name_of(asked.region)}: " if elsewhere else ""
        output.say(f"{where}{asked.text}")
    for region, explanation in found.values:
        where = "" if region == found.region else f"In {region} {name_of(region)}: "
        output.say(f"{where}{explanation.text}")
        for setting in explanation.settings:
            place = setting.place
            output.say(f"  {place.path}:{place.line}:{place.column}  {setting.name}")
    if found.fields:
        output.table(("field", "value"), [(key, one.text) for key, one in found.fields])
    for line in found.consents:
        output.say(f"Consent {line}")
    if found.layers:
        output.say(" + ".join(found.layers))
        output.table(
            ("step", "set by layers"),
            [(step, ", ".join(keys)) for step, keys in found.changed],
        )


def _shown(found: "Explained") -> dict[str, object]:
    return {
        "playbook": found.playbook,
        "region": found.region,
        "step": found.step,
        "consents": list(found.consents),
        "layers": list(found.layers),
        "changed": [{"step": step, "fields": list(keys)} for step, keys in found.changed],
        "partners": [
            {
                "region": one.region,
                "role": one.role,
                "partners": list(one.partners),
                "names": list(one.names),
                "layer": None if one.binding is None else one.binding.name,
            }
            for one in found.partners
        ],
        "values": [
            {
                "region": region,
                "subject": explanation.subject,
                "settings": [
                    {
                        "layer": setting.layer,
                        "version": setting.version,
                        "region": setting.region,
                        "value": setting.value,
                        "path": setting.place.path,
                        "line": setting.place.line,
                        "column": setting.place.column,
                    }
                    for setting in explanation.settings
                ],
            }
            for region, explanation in (
                *found.values,
                *((found.region, one) for _, one in found.fields),
            )
        ],
    }
