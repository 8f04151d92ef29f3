"""A new playbook from a template or from another playbook, checked before it is left there."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crisis.core.availability import local_day
from crisis.core.region import covers
from crisis.errors import FindingsError, NotFoundError, RefusedError, UnreachableError, UsageError
from crisis.loading.draft import quoted, redrafted
from crisis.loading.files import shown
from crisis.loading.located import read_yaml
from crisis.loading.shape import did_you_mean
from crisis.workshop.shop import Findings, Workshop

TEMPLATES = "templates"
# A playbook is reviewed at the latest a year after it was released (L-27).
_REVIEW = timedelta(days=365)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a new playbook is to be; an empty region keeps that of its source."""

    id: str
    source: Path
    title_de: str
    title_en: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What was written, what the check found, and rehearsals that do not fit the region."""

    files: tuple[Path, ...]
    findings: Findings
    left_out: tuple[Path, ...]


def require_id(name: str) -> str:
    """
    Return the id of a playbook.

    Raises:
        UsageError: it is none.
    """
    if not _SLUG.fullmatch(name):
        raise UsageError(f"`{name}` is no id: write small letters, digits and hyphens")
    return name


def sources(shop: Workshop, more: Sequence[Path] = ()) -> dict[str, Path]:
    """
    Return what a playbook can be made from, by name: templates first, then playbooks.

    `more` are further folders of templates, such as those that came with the program.
    """
    folders = (shop.settings.playbooks_dir / TEMPLATES, *more)
    found: dict[str, Path] = {}
    for file in (file for folder in folders for file in sorted(folder.glob("*.yaml"))):
        if not file.name.endswith(".rehearsal.yaml") and _is_playbook(file):
            found.setdefault(file.stem, file)
    for file in shop.library.shelf.playbook_paths():
        found.setdefault(file.stem, file)
    return found


def source_of(name: str, known: dict[str, Path]) -> Path:
    """
    Return the file that a name or a path means.

    Raises:
        NotFoundError: there is none; the message names what there is.
    """
    path = Path(name)
    if path.is_file():
        return path
    if name not in known:
        raise NotFoundError(
            f"there is no template and no playbook `{name}`; {did_you_mean(name, known)}"
        )
    return known[name]


def draft(shop: Workshop, wish: Wish) -> Drafted:
    """
    Write a playbook and the rehearsals of its source, and check it.

    Raises:
        RefusedError: a file of this name exists; nothing is written.
        FindingsError: it would not pass the check; nothing is left of it.
        UnreachableError: the folder cannot be written to.
    """
    folder = Path(shown(shop.settings.playbooks_dir))
    region = wish.region or _said(wish.source, "region")
    target = folder / f"{wish.id}.yaml"
    kept, left_out = _rehearsals(wish, region)
    texts = {target: _playbook(shop, wish)}
    for file in kept:
        name = file.name.removeprefix(f"{wish.source.stem}.")
        text = redrafted(file.read_text(encoding="utf-8"), {"playbook": wish.id})
        texts[folder / f"{wish.id}.{name}"] = text
    existing = [str(file) for file in texts if file.exists()]
    if existing:
        raise RefusedError(
            f"nothing was written, because this exists: {', '.join(existing)};"
            " choose another id, or move it away"
        )
    _write(texts)
    findings = shop.check_playbooks([target])
    if findings.has_errors:
        for file in texts:
            file.unlink()
        raise FindingsError(f"nothing was left, because it would not pass:\n{findings.text}")
    return Drafted(files=tuple(texts), findings=findings, left_out=left_out)


def _playbook(shop: Workshop, wish: Wish) -> str:
    english = f", en: {quoted(wish.title_en)}" if wish.title_en else ""
    values = {
        "id": wish.id,
        "version": "0.1.0",
        "title": f"{{de: {quoted(wish.title_de)}{english}}}",
        "review_by": local_day(shop.now + _REVIEW).isoformat(),
    }
    if wish.region:
        values["region"] = quoted(wish.region)
    return redrafted(wish.source.read_text(encoding="utf-8"), values)


def _rehearsals(wish: Wish, region: str) -> tuple[list[Path], tuple[Path, ...]]:
    found = sorted(wish.source.parent.glob(f"{wish.source.stem}.*.rehearsal.yaml"))
    kept = [file for file in found if covers(region, _said(file, "region"))]
    return kept, tuple(Path(shown(file)) for file in found if file not in kept)


def _said(file: Path, key: str) -> str:
    document, _ = read_yaml(file, shown_as=file.as_posix())
    return "" if document is None else str(document.data.get(key, ""))


def _is_playbook(file: Path) -> bool:
    document, _ = read_yaml(file, shown_as=file.as_posix())
    return document is not None and "phases" in document.data


def _write(texts: dict[Path, str]) -> None:
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            # Never over a file that somebody made meanwhile.
            with file.open("x", encoding="utf-8") as paper:
                paper.write(text)
    except OSError as error:
        raise UnreachableError(
            f"the playbook cannot be written: {os.strerror(error.errno or 0)};"
            " give this user the right to, or set CRISIS_PLAYBOOKS_DIR"
        ) from None
