"""What changed between two versions, and whether anything that binds became weaker."""

from textwrap import dedent

import pytest

from tests.cli.desk import CommandLine
from tests.cli.test_overlay import OVERLAY


@pytest.fixture(autouse=True)
def _files(ada: CommandLine) -> None:
    folder = ada.folder / "playbooks"
    (folder / "overlays").mkdir()
    (folder / "overlays" / "dresden.yaml").write_text(OVERLAY, encoding="utf-8")
    text = (folder / "alarm.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", "version: 2.0.0").replace("within: 20m", "within: 15m")
    # What is kept beside the newer version has a name of its own.
    (ada.folder / "alarm-2.yaml").write_text(text.replace("who: POL-FLZ", "who: [POL-FLZ, OHS]"))


def test_newer_version_is_told_with_its_new_partners(ada: CommandLine) -> None:
    result = ada.run("playbook", "diff", "alarm", "alarm-2.yaml")

    assert result.exit_code == 0
    assert result.stdout == dedent("""\
        alarm 1.0.0 -> alarm 2.0.0 (alarm-2.yaml)

        binding     where     what                before  after
                    playbook  version changed     1.0.0   2.0.0
                    role OHS  role added          -       S2
        + stricter  S2        role asked          -       OHS
        + stricter  S2        deadline tightened  20m     15m

        4 differences: 2 stricter, 2 neutral.
        """)


def test_older_version_is_weaker_and_ends_with_one(ada: CommandLine) -> None:
    result = ada.run("playbook", "diff", "alarm-2.yaml", "alarm", "--json")

    assert result.exit_code == 1
    assert result.stdout.count('"verdict": "weaker"') == 2
    assert '"weaker": true' in result.stdout


def test_layers_are_told_with_their_reason(ada: CommandLine) -> None:
    layer, region = (
        ada.run("playbook", "diff", "alarm", *words)
        for words in (("--overlay", "dresden"), ("alarm", "--region", "Dresden"))
    )

    assert (layer.exit_code, layer.stdout) == (region.exit_code, region.stdout)
    assert layer.exit_code == 1
    assert layer.stdout == dedent("""\
        alarm 1.0.0 -> alarm 1.0.0 + dresden 2.0.0 (14612)
        Partners are those of 14612 Dresden.

        binding     where  {what}  before  after
        - weaker    S1     {longer}  10m     20m in 06:00-19:00, else 30m
        + stricter  S2     {tighter}  20m     15m

        2 differences: 1 weaker, 1 stricter.
        """).format(
        what=f"{'what':58}",
        longer=f"{'deadline lengthened: Der Dienst fährt nachts aus Pirna an.':58}",
        tighter=f"{'deadline tightened':58}",
    )


def test_partners_of_a_region_are_told(ada: CommandLine) -> None:
    file = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    file.write_text(OVERLAY[: OVERLAY.index("steps:")] + "bind: {POL-FLZ: desk}\n")

    told = ada.read("playbook", "diff", "alarm", "--overlay", str(file))

    assert told == {
        "before": "alarm 1.0.0",
        "after": "alarm 1.0.0 + dresden 2.0.0 (14612)",
        "region": "14612",
        "weaker": False,
        "differences": [
            {
                "where": "partner police",
                "kind": "partner-removed",
                "verdict": "neutral",
                "before": "Polizei",
                "after": None,
                "why": None,
            },
            {
                "where": "binding POL-FLZ",
                "kind": "binding-added",
                "verdict": "neutral",
                "before": None,
                "after": "desk",
                "why": None,
            },
        ],
    }


def test_version_that_says_the_same_is_said_to(ada: CommandLine) -> None:
    assert ada.screen("playbook", "diff", "alarm", "alarm") == (
        "alarm 1.0.0 -> alarm 1.0.0\nThey say the same.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("alarm",), 2, "name a second version, or an --overlay or a --region to lay over it\n"),
        (("alarm", "alrm"), 3, "there is no playbook `alrm`; known: alarm\n"),
        (
            ("alarm", "old.yaml"),
            3,
            "there is no file old.yaml; a playbook is named by its id or its file\n",
        ),
        (
            ("alarm", "--overlay", "dresdn"),
            3,
            "there is no overlay `dresdn`; did you mean `dresden`?\n",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(
    ada: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    result = ada.run("playbook", "diff", *words)

    assert (result.exit_code, result.stderr) == (code, said)


def test_files_with_mistakes_are_not_compared(ada: CommandLine) -> None:
    overlay = ada.folder / "playbooks" / "overlays" / "dresden.yaml"
    overlay.write_text(OVERLAY.replace("within: 15m", "within: 25m"), encoding="utf-8")
    weakened = ada.run("playbook", "diff", "alarm", "--overlay", "dresden")
    overlay.write_text(OVERLAY.replace("of: alarm", "of: other"), encoding="utf-8")
    strange = ada.run("playbook", "diff", "alarm", "--overlay", "dresden")
    newer = ada.folder / "alarm-2.yaml"
    newer.write_text(newer.read_text().replace("within: 15m", "within: soon"))
    broken = ada.run("playbook", "diff", "alarm", "alarm-2.yaml")

    assert (weakened.exit_code, strange.exit_code, broken.exit_code) == (1, 2, 1)
    assert "L-OVERLAY-SCHWAECHT dresden lengthens the deadline of S2" in weakened.stderr
    assert strange.stderr == "dresden is laid over other, not over alarm\n"
    assert "alarm-2.yaml:73:17: PB104 not a duration: `soon`" in broken.stderr
