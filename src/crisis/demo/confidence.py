"""Eve goes everywhere after an exercise and looks for what was confided to a few."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crisis.core.incident import Incident
from crisis.demo.exercise import text_of
from crisis.demo.script import Script
from crisis.demo.surroundings import Surroundings
from crisis.demo.visitor import Visitor
from crisis.usecases.ports import LinkPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """In how many places she looked, where she found it, and where it rightly stands."""

    searched: int = 0
    leaks: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def and_then(self, later: "Overheard") -> "Overheard":
        """Return what was heard on two rounds, each place once; both rounds count."""
        return Overheard(
            searched=self.searched + later.searched,
            leaks=tuple(dict.fromkeys((*self.leaks, *later.leaks))),
            kept=tuple(dict.fromkeys((*self.kept, *later.kept))),
        )


def listen(
    around: Surroundings,
    visitor: Visitor,
    incident: Incident,
    pages: Mapping[str, LinkPlace],
    script: Script,
) -> Overheard:
    """
    Look for what was confided: on every page, in every message, report and line of a log.

    `visitor` is signed in as the duty officer, `pages` are the tokens of partners' pages.
    """
    if not script.confided:
        return Overheard()
    own = {
        partner.id
        for partner in incident.opened.directory.partners
        if script.keepers & set(partner.roles)
    }
    kept: list[str] = []
    leaks: list[str] = []
    searched = 0
    for name, text, may in _places(around, visitor, incident, pages, own=frozenset(own)):
        found = script.confided in text
        searched += not may
        if found:
            (kept if may else leaks).append(name)
    return Overheard(searched=searched, leaks=tuple(leaks), kept=tuple(kept))


def _places(
    around: Surroundings,
    visitor: Visitor,
    incident: Incident,
    pages: Mapping[str, LinkPlace],
    *,
    own: frozenset[str],
) -> Iterator[tuple[str, str, bool]]:
    """Yield every place with its text, and whether what was confided may stand there."""
    for token, place in pages.items():
        name = f"page {place.step} {place.partner} {place.contact}"
        yield name, visitor.read(f"/p/{token}"), place.partner in own
    for path in _desk_pages(incident):
        yield f"desk {path}", visitor.read(path), False
    for number, mail in enumerate(around.mails.mails, start=1):
        yield f"mail {number}", f"{mail.data!r}{text_of(mail)}", False
    for number, post in enumerate(around.posts.posts, start=1):
        yield f"post {number}", post.body, False
    for file in _written(around.folder):
        yield f"file {file.name}", file.read_text(encoding="utf-8", errors="replace"), False


def _desk_pages(incident: Incident) -> Iterator[str]:
    page = f"/incidents/{incident.id}"
    for path in ("/", page, f"/reports/{incident.id}"):
        yield from (path, f"{path}?lang=en")
    yield from ("/api/v1/incidents", f"/api/v1{page}", "/metrics", "/healthz")


def _written(folder: Path) -> Iterator[Path]:
    """Yield the reports, and what the house's processes and Prefect wrote down."""
    yield from sorted((folder / "report").glob("*"))
    yield folder / "serve.log"
    yield from sorted((folder / "data" / "logs").glob("*.log"))
    yield from sorted((folder / "data" / "prefect").glob("prefect.db*"))
