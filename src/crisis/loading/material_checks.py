"""Material that has run out, lies nowhere, or is not understood; and steps that refer to it."""

from collections.abc import Iterator, Mapping
from datetime import date

from crisis.core.material import PLAIN_LANGUAGE, Material
from crisis.loading.contact_checks import Entries
from crisis.loading.located import Document
from crisis.loading.material_file import to_material
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.problem import Problem, Strength
from crisis.loading.shape import did_you_mean
from crisis.loading.step_checks import steps_in_place


def materials_in(entries: Entries) -> Mapping[str, Material]:
    """Return the material of a folder by id; of equal ids the first."""
    found = {one.entry.id: to_material(one.entry) for one in reversed(entries.materials)}
    return {name: found[name] for name in sorted(found)}


def material_problems(entries: Entries, *, today: date) -> Iterator[Problem]:
    """Yield material that must not be used any more, or that those affected cannot use."""
    for one in entries.materials:
        entry, document, loc = one.entry, one.document, one.loc
        if to_material(entry).has_expired(today):
            yield document.problem(
                (*loc, "valid_until"),
                "CT039",
                f"`{entry.id}` ran out on {entry.valid_until}",
                hint="ask who issues it for the new version, and collect the old one",
                strength=Strength.WARNING,
            )
        if "rights" in entry.about and PLAIN_LANGUAGE not in entry.languages:
            yield document.problem(
                (*loc, "languages"),
                "CT040",
                f"`{entry.id}` is about rights and not to be had in plain language",
                hint=f"have it written, and add {PLAIN_LANGUAGE}",
                strength=Strength.WARNING,
            )
        for index, unit in enumerate(entry.laid_out):
            if unit not in entries.named["units"]:
                hint = did_you_mean(unit, iter(entries.named["units"]))
                place = (*loc, "laid_out", index)
                yield document.problem(place, "CT035", f"no unit `{unit}`", hint=hint)


def check_materials(
    document: Document,
    written: PlaybookFile,
    materials: Mapping[str, Material],
    *,
    today: date,
) -> tuple[Problem, ...]:
    """Return every reference of a step to material that is not there or has run out."""
    return tuple(_problems(document, written, materials, today))


def _problems(
    document: Document, written: PlaybookFile, materials: Mapping[str, Material], today: date
) -> Iterator[Problem]:
    for loc, step in steps_in_place(written):
        for index, name in enumerate(step.materials):
            place = (*loc, "materials", index)
            material = materials.get(name)
            if material is None:
                hint = did_you_mean(name, materials)
                yield document.problem(place, "PB407", f"no material `{name}`", hint=hint)
            elif material.has_expired(today):
                yield document.problem(
                    place,
                    "PB408",
                    f"{step.id} hands out `{name}`, which ran out on {material.valid_until}",
                    hint="refer to the new version",
                    strength=Strength.WARNING,
                )
