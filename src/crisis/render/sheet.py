"""A page of pictures and tables that needs nothing else: no script, no font, no network."""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crisis.render.wording import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its caption, its headings, and rows whose first cell is their heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on a card: a heading, a word about it, what is said, and facts."""

    title: str
    mark: str
    text: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What concerns one reader, to be printed on a sheet of its own; `id` is its address."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a sheet. `picture` is SVG with a title and a description of its own."""

    title: str
    texts: tuple[str, ...] = ()
    picture: str = ""
    caption: str = ""
    grids: tuple[Grid, ...] = ()
    cards: tuple[Card, ...] = ()

    @property
    def drawn(self) -> Markup:
        """The picture as it stands in the page."""
        return Markup(self.picture)  # noqa: S704 -- our drawings escape every text they are given


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole page. `strip` stands above all and says what this is not."""

    title: str
    subtitle: str
    strip: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    note: str
    language: Language


def sheet_html(sheet: Sheet) -> str:
    """Return a sheet as an accessible page, for screen and paper."""
    style = Markup(_PAGES.get_template("sheet.css").render())  # noqa: S704 -- our own file
    return _PAGES.get_template("sheet.html.j2").render(
        sheet=sheet,
        style=style,
        skip="Zum Inhalt springen" if sheet.language == "de" else "Skip to content",
        picture="Bild" if sheet.language == "de" else "Picture",
        none="keine" if sheet.language == "de" else "none",
    )


_PAGES = Environment(
    loader=PackageLoader("crisis.render"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
