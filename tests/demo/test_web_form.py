"""What a browser without JavaScript finds in a page, and what it sends."""

from crisis.demo.web_form import WebForm, forms_in

PAGE = """
<p><input name="outside"></p>
<form method="post" action="/p/x?lang=en">
  <button name="action" value="acknowledge">Wir übernehmen</button>
</form>
<form method="post" action="/p/x">
  <input type="hidden" name="seen" value="3">
  <input type="radio" name="f-room" value="yes">
  <input type="radio" name="f-room" value="no" checked>
  <select name="f-needs-0-group">
    <option value="">-</option><option value="support">x</option>
  </select>
  <input type="text" inputmode="numeric" name="f-deaths">
  <input type="text" name="f-place">
  <input type="datetime-local" name="f-since">
  <textarea name="f-remark"></textarea>
  <button name="action" value="answer">Senden</button>
  <button name="other" value="x">…</button>
</form>
"""


def test_forms_are_found_with_everything_that_can_be_filled_in() -> None:
    assert forms_in(PAGE) == (
        WebForm(action="/p/x?lang=en", buttons=["acknowledge"]),
        WebForm(
            action="/p/x",
            buttons=["answer"],
            choices={"f-room": ["yes", "no"], "f-needs-0-group": ["support"]},
            texts=["f-place", "f-remark"],
            numbers=["f-deaths"],
            held={"seen": "3", "f-room": "no"},
        ),
    )


def test_filled_form_sends_what_stood_there_what_was_wanted_and_the_button() -> None:
    form = forms_in(PAGE)[1]

    sent = form.filled("answer", {"f-deaths": "2", "f-room": "yes", "unknown": "x"})

    assert sent == {"seen": "3", "f-room": "yes", "f-deaths": "2", "action": "answer"}


def test_answered_form_has_something_plausible_for_every_question() -> None:
    form = forms_in(PAGE)[1]

    assert form.answered({"f-room": "no"}) == {
        "f-room": "no",
        "f-needs-0-group": "support",
        "f-place": "Stand wie besprochen",
        "f-remark": "Stand wie besprochen",
        "f-deaths": "12",
    }


def test_form_of_numbers_alone_is_not_left_empty() -> None:
    [form] = forms_in(
        '<form action="/p/x"><input name="f-sent" inputmode="numeric">'
        '<button name="action" value="answer">Antwort senden</button></form>'
    )

    assert form.answered({}) == {"f-sent": "12"}


def test_form_suits_where_what_is_hidden_in_it_is_what_is_wanted() -> None:
    form = forms_in(PAGE)[1]

    wanted: list[dict[str, str]] = [
        {},
        {"seen": "3"},
        {"seen": "4"},
        {"f-room": "yes", "f-deaths": "1"},
    ]
    assert [form.suits(one) for one in wanted] == [True, True, False, True]
