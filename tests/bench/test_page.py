"""The page with pictures says in words what its bars show, and loads nothing."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from bench.figure import Figure
from bench.page import Chapter, page

AT = datetime(2026, 12, 18, 18, 20, tzinfo=UTC)
FIGURES = [
    Figure(key="ratio", value=0.5, unit="", target=1.0, at_least=True, note="a <share>"),
    Figure(key="wait_s", value=0.2, unit="s", target=0.4),
    Figure(key="early_count", value=0, unit="", target=0),
    Figure(key="not_known_ms", value=None, unit="ms", target=400.0, note="why"),
    Figure(key="wave_s", value=2.0, unit="s"),
    Figure(key="peer_loop_s", value=4.0, unit="s"),
]


class Reader(HTMLParser):
    """Collects what a screen reader hears of the pictures, and whatever would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a picture's words and what an element points to."""
        given = {name: value or "" for name, value in attrs}
        if given.get("role") == "img":
            self.pictures.append(given["aria-label"])
        self.loaded += [given[name] for name in ("src", "href") if name in given]
        if tag == "script":
            self.loaded.append("script")


def the_page() -> str:
    chapters = [Chapter(title="Waves", figures=FIGURES), Chapter(title="Nothing", figures=[])]
    return page(chapters, machine="Kern, 2 cores", commit="abc", at=AT)


def test_every_figure_has_a_picture_in_words() -> None:
    reader = Reader()
    reader.feed(the_page())

    assert reader.pictures == [
        "ratio, 0.5, ≥ 1, missed",
        "wait_s, 0.2 s, ≤ 0.4 s, kept",
        "early_count, 0, ≤ 0, kept",
        "not_known_ms, none, ≤ 400 ms",
        "wave_s, 2 s",
        "peer_loop_s, 4 s",
    ]


def test_page_loads_nothing_and_leads_to_what_was_missed() -> None:
    reader = Reader()
    reader.feed(the_page())

    assert reader.loaded == ["#ratio"]


def test_page_counts_targets_and_leaves_empty_chapters_out() -> None:
    shown = the_page()

    assert "<strong>2 of 3 targets kept.</strong> Missed:" in shown
    assert "a &lt;share&gt;" in shown
    assert "Kern, 2 cores · commit abc · 2026-12-18 18:20 UTC" in shown
    assert "Nothing" not in shown


def test_bars_without_target_share_one_scale_and_peers_are_hatched() -> None:
    shown = the_page()

    assert 'width="180" height="14" class="bar shown"' in shown
    assert 'width="360" height="14" class="bar peer"' in shown
    assert 'width="100" height="14" class="bar missed"' in shown
