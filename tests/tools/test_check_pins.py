"""The three places that name dependencies, made to disagree."""

from tools.check_pins import disagreements, pinned, strays, wanted


def test_wanted_leaves_out_options_and_comments() -> None:
    text = "# why\n-r run.in\nclick>=8,<9\nwhenever>=0.7  # lock only: for 3.13\n"

    assert wanted(text) == {"click>=8,<9": False, "whenever>=0.7": True}


def test_pinned_reads_names_in_canonical_form() -> None:
    text = "pyyaml==6.0.3 \\\n    --hash=sha256:00\n    # via -r run.in\nJinja_2==3.1 \\\n"

    assert pinned(text) == {"pyyaml": "6.0.3", "jinja-2": "3.1"}


def test_disagreements_name_the_only_place() -> None:
    source = {"click>=8,<9": False, "rich>=15": False, "whenever>=0.7": True}

    assert list(disagreements(["click>=8,<9", "babel>=2"], source)) == [
        "babel>=2 stands only in pyproject.toml; write it in both",
        "rich>=15 stands only in requirements/run.in; write it in both",
    ]


def test_strays_name_a_missing_and_an_outdated_pin() -> None:
    source = {"click>=8,<9": False, "pwdlib[argon2]>=0.3": False, "rich>=15": False}

    assert list(strays(source, {"click": "8.5.1", "rich": "14.0"}, "run.txt")) == [
        "requirements/run.txt has None for pwdlib[argon2]>=0.3; run requirements/compile",
        "requirements/run.txt has 14.0 for rich>=15; run requirements/compile",
    ]
