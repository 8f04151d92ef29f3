"""A new file from the text of another one keeps everything but what was named."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis.loading.draft import quoted, redrafted
from crisis.loading.located import read_yaml

TEXT = dedent("""\
    # What it is.
    id: alarm     # short
    title:
      de: Alarm
      # said aloud
      en: Alarm
    # Where it holds.
    region: "14"  # AGS
    lead: {role: OB-L}

    phases:
      - id: alarm
        title: {de: Alarm}
    """)


def test_named_keys_are_replaced_and_comments_stay() -> None:
    values = {"id": "bus", "title": "{de: Bus}", "region": '"14612"', "review_by": "2027-01-01"}

    assert redrafted(TEXT, values) == dedent("""\
        # What it is.
        id: bus     # short
        review_by: 2027-01-01
        title: {de: Bus}
        # Where it holds.
        region: "14612"  # AGS
        lead: {role: OB-L}

        phases:
          - id: alarm
            title: {de: Alarm}
        """)


def test_a_value_goes_with_its_empty_lines_and_its_list_at_the_margin() -> None:
    text = "id: a\ntitle:\n  de: Alarm\n\n  en: Alarm\nagreements:\n- one\n- two\nkind: response\n"

    drafted = redrafted(text, {"title": "{de: Bus}", "agreements": "[three]"})

    assert drafted == "id: a\ntitle: {de: Bus}\nagreements: [three]\nkind: response\n"


def test_nothing_named_is_nothing_changed() -> None:
    assert redrafted(TEXT, {}) == TEXT


TITLES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), min_size=1
)


@given(title=TITLES)
def test_any_title_is_read_back(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    file = tmp_path_factory.getbasetemp() / "draft.yaml"
    file.write_text(redrafted(TEXT, {"title": f"{{de: {quoted(title)}}}"}), encoding="utf-8")

    document, problems = read_yaml(file, shown_as="draft.yaml")

    assert problems == ()
    assert document is not None
    assert document.data["title"] == {"de": title}
