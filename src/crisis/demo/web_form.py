"""The forms of a page, as a browser without JavaScript sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True, kw_only=True)
class WebForm:
    """One form: where it goes, its buttons, and what can be filled in with which values."""

    action: str
    buttons: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)

    def filled(self, button: str, wanted: Mapping[str, str]) -> dict[str, str]:
        """Return what a browser would send: what stood there, what was wanted, the button."""
        known = {*self.choices, *self.texts, *self.numbers}
        given = {name: value for name, value in wanted.items() if name in known}
        return {**self.held, **given, "action": button}

    def suits(self, wanted: Mapping[str, str]) -> bool:
        """Return whether what is hidden in it is what is wanted, where both say something."""
        return all(
            wanted.get(name, value) == value
            for name, value in self.held.items()
            if name not in self.choices
        )

    def answered(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Return a plausible answer to every question: what is wanted, else the first choice."""
        choices = {name: values[0] for name, values in self.choices.items()}
        texts = dict.fromkeys(self.texts, "Stand wie besprochen")
        return {**choices, **texts, **dict.fromkeys(self.numbers, "12"), **wanted}


def forms_in(html: str) -> tuple[WebForm, ...]:
    """Return the forms of a page in order."""
    reader = _Reader()
    reader.feed(html)
    return tuple(reader.forms)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[WebForm] = []
        self._select = ""
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(WebForm(action=given.get("action", "")))
            self._open = True
        elif self._open:
            self._take(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = ""

    def _take(self, tag: str, given: Mapping[str, str]) -> None:
        form, name, value = self.forms[-1], given.get("name", ""), given.get("value", "")
        match tag:
            case "button" if name == "action":
                form.buttons.append(value)
            case "select":
                self._select = name
            case "option" if self._select and value:
                form.choices.setdefault(self._select, []).append(value)
            case "textarea":
                form.texts.append(name)
            case "input":
                _take_input(form, given)
            case _:
                pass


def _take_input(form: WebForm, given: Mapping[str, str]) -> None:
    name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text")
    if kind == "radio":
        form.choices.setdefault(name, []).append(value)
    if kind == "hidden" or (kind == "radio" and "checked" in given):
        form.held[name] = value
    elif kind == "text":
        held = form.numbers if given.get("inputmode") == "numeric" else form.texts
        held.append(name)
