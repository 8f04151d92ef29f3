"""
Overlays are read, laid over their playbook in the order of their regions, and checked.

The merged playbook goes through the checks of a single file; a mistake is reported
where it stands, whichever file that is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crisis.core.layer import LongerDeadline, Overlay
from crisis.core.playbook import Playbook
from crisis.core.region import FEDERAL, covers
from crisis.loading.layered import Node, Source, flattened, grown, pruned
from crisis.loading.located import Document, read_yaml
from crisis.loading.overlay_checks import Judged, Laid, judged
from crisis.loading.overlay_file import OverlayFile
from crisis.loading.overlay_merge import laid_over
from crisis.loading.playbook_checks import check_playbook
from crisis.loading.playbook_file import PlaybookFile, to_playbook
from crisis.loading.playbook_loader import LoadedPlaybook
from crisis.loading.problem import Problem, Strength, has_errors, in_order
from crisis.loading.shape import check_shape


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedOverlay:
    """An overlay file: what it says unless its shape is wrong, and what was found."""

    path: Path
    written: OverlayFile | None
    document: Document | None
    problems: tuple[Problem, ...]

    def concerns(self, playbook: str, region: str) -> bool:
        """
        Return whether this is to be laid over a playbook in a region.

        A file that does not say so concerns every one: what cannot be read must not
        be passed over in silence.
        """
        said = {} if self.document is None else self.document.data
        named, where = said.get("overlay_of"), said.get("region")
        bases = named if isinstance(named, list) else [named]
        if named is not None and playbook not in bases:
            return False
        return not isinstance(where, str) or covers(where, region)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayeredPlaybook:
    """A playbook with its layers: the merged value, its tree, and what was found."""

    playbook: Playbook | None
    written: PlaybookFile | None
    document: Document | None
    tree: Node | None
    problems: tuple[Problem, ...]


def load_overlay(path: Path, *, shown_as: str, today: date) -> LoadedOverlay:
    """Read one overlay file and check what it says by itself; `today` is for its review date."""
    document, problems = read_yaml(path, shown_as=shown_as)
    written = None
    if document is not None:
        written, problems = check_shape(document, OverlayFile)
        if written is not None:
            problems += tuple(_check_head(document, written, stem=path.stem, today=today))
    return LoadedOverlay(
        path=path, written=written, document=document, problems=in_order(problems)
    )


def _check_head(
    document: Document, written: OverlayFile, *, stem: str, today: date
) -> Iterator[Problem]:
    if written.id != stem:
        yield document.problem(
            ("id",),
            "OV101",
            f"the id `{written.id}` differs from the file's name",
            hint=f"rename the file to {written.id}.yaml, or write `id: {stem}`",
        )
    if written.review_by is None or written.review_by < today:
        past = written.review_by is not None
        yield document.problem(
            ("review_by",) if past else (),
            "PB302",
            f"the review date {written.review_by} has passed" if past else "no review date",
            hint="review the overlay with its partners and set the next date",
            strength=Strength.WARNING,
        )


def layered(
    base: LoadedPlaybook,
    overlays: Sequence[LoadedOverlay],
    *,
    others: Sequence[PlaybookFile] = (),
    today: date,
) -> LayeredPlaybook:
    """
    Lay overlays over a playbook, the least local first, and check what comes out.

    `others` are the other playbooks that the overlays are laid over: a step that
    one of them has is not missing.
    """
    problems = [*base.problems, *(problem for one in overlays for problem in one.problems)]
    if base.document is None or base.written is None:
        return _nothing(problems)
    if any(one.written is None for one in overlays):
        return _nothing(problems)
    elsewhere = frozenset(
        name for other in others for name in (*other.steps, *(phase.id for phase in other.phases))
    )
    source = Source(id=base.written.id, version=base.written.version)
    state = _State(tree=grown(base.document, source), written=base.written, document=base.document)
    longer: list[LongerDeadline] = []
    for overlay in sorted(overlays, key=_nearness):
        after, found, told = _lay(state, overlay, elsewhere, path=base.document.path)
        problems.extend(found)
        longer.extend(told)
        if after is None:
            return _nothing(problems)
        state = after
    if overlays:
        stem = base.written.id
        problems.extend(check_playbook(state.document, state.written, stem=stem, today=today))
    playbook = None
    if not has_errors(problems):
        merged = to_playbook(state.written, today=today)
        playbook = _named(merged, state.tree, sorted(overlays, key=_nearness), longer)
    return LayeredPlaybook(
        playbook=playbook,
        written=state.written,
        document=state.document,
        tree=state.tree,
        problems=in_order(problems),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    tree: Node
    written: PlaybookFile
    document: Document


def _nothing(problems: Sequence[Problem]) -> LayeredPlaybook:
    return LayeredPlaybook(
        playbook=None, written=None, document=None, tree=None, problems=in_order(problems)
    )


def _nearness(overlay: LoadedOverlay) -> int:
    region = "" if overlay.written is None else overlay.written.region
    return 0 if region == FEDERAL else len(region)


def _lay(
    state: _State, overlay: LoadedOverlay, elsewhere: frozenset[str], *, path: str
) -> tuple[_State | None, tuple[Problem, ...], tuple[LongerDeadline, ...]]:
    written, document = overlay.written, overlay.document
    assert written is not None  # noqa: S101 -- the caller passes readable ones only
    assert document is not None  # noqa: S101 -- it was read if it was written
    layer = grown(document, Source(id=written.id, version=written.version, region=written.region))
    after, problems = _merged(state, layer, path=path)
    # An unknown key was found in the overlay already.
    told = {(one.path, one.line, one.column, one.code) for one in overlay.problems}
    problems = tuple(
        one for one in problems if (one.path, one.line, one.column, one.code) not in told
    )
    if after is None:
        return None, problems, ()
    found = judged(
        Laid(
            document=document,
            overlay=written,
            before=state.written,
            after=after.written,
            elsewhere=elsewhere,
        )
    )
    if found.refused:
        # The rest is checked without what is refused: one mistake, one line.
        after, _ = _merged(state, pruned(layer, found.refused), path=path)
    return after, (*problems, *found.problems), found.longer


def _merged(state: _State, layer: Node, *, path: str) -> tuple[_State | None, tuple[Problem, ...]]:
    tree = laid_over(state.tree, layer)
    document = flattened(tree, path=path)
    written, problems = check_shape(document, PlaybookFile)
    if written is None:
        return None, problems
    return _State(tree=tree, written=written, document=document), problems


def _named(
    playbook: Playbook,
    tree: Node,
    overlays: Sequence[LoadedOverlay],
    longer: Sequence[LongerDeadline],
) -> Playbook:
    bind = tree.fields["bind"].fields if "bind" in tree.fields else {}
    deadlines = {step.id: step.within for step in playbook.steps}
    # The most local reason counts, and none where a layer above it tightened again.
    names = {one.step: one for one in longer if one.now == deadlines.get(one.step)}
    return replace(
        playbook,
        overlays=tuple(
            Overlay(
                id=one.written.id,
                version=one.written.version,
                region=one.written.region,
                title=one.written.title.words(),
                status=one.written.status,
            )
            for one in overlays
            if one.written is not None
        ),
        bindings=tuple(
            replace(binding, layer=bind[binding.role].source.id) for binding in playbook.bindings
        ),
        longer=tuple(names.values()),
    )


__all__ = ["Judged", "LayeredPlaybook", "LoadedOverlay", "layered", "load_overlay"]
