"""
What an author asks about: a playbook, a step or a field, in a region or everywhere.

    sn-mass-casualty.A32.within · A32.within · B21.partner · sn-mass-casualty
"""

from dataclasses import dataclass, replace
from datetime import datetime

from crisis.core.binding import bound
from crisis.core.consent_policy import policy_in
from crisis.core.contact import FEDERAL
from crisis.core.playbook import Playbook
from crisis.errors import NotFoundError
from crisis.loading.explanation import (
    Asked,
    Explanation,
    asked_in,
    changed_by_layers,
    explained,
    keys_of,
    step_ids,
)
from crisis.loading.layered import Node
from crisis.loading.library import FileLibrary
from crisis.loading.policy_checks import needed_words
from crisis.loading.problem import raise_for_errors

PARTNER = "partner"
GATE = "gate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question put to one playbook: about itself, a step, or keys below a step."""

    playbook: str
    step: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A playbook as it holds in a region (empty: as it stands), with its tree."""

    playbook: Playbook
    tree: Node
    region: str


def merged(library: FileLibrary, playbook_id: str, *, region: str) -> Merged:
    """
    Return a checked playbook with its tree.

    Raises:
        NotFoundError: there is no such playbook.
        FindingsError: a file holds mistakes; the message lists them all.
    """
    layered = library.layered(playbook_id, region=region)
    raise_for_errors(layered.problems)
    assert layered.playbook is not None  # noqa: S101 -- it is there if there are no errors
    assert layered.tree is not None  # noqa: S101 -- as above
    return Merged(playbook=layered.playbook, tree=layered.tree, region=region)


def read_inquiry(library: FileLibrary, text: str, *, region: str) -> Inquiry:
    """
    Return what a text such as `A32.within` asks about.

    Raises:
        NotFoundError: no playbook and no step is called so, or several have the step.
    """
    first, *rest = text.split(".")
    known = library.playbook_ids()
    if first in known:
        step, *keys = rest or [""]
        return Inquiry(playbook=first, step=step, keys=tuple(keys))
    found = [name for name in known if first in _steps(library, name, region)]
    if not found and region:
        # Layers with mistakes hide every step; whoever asks is shown the mistakes.
        found = [name for name in known if first in _steps(library, name, "")]
    if len(found) > 1:
        ways = ", ".join(f"{name}.{text}" for name in found)
        raise NotFoundError(f"several playbooks have a step {first}; write one of {ways}")
    if not found:
        raise NotFoundError(_nowhere(library, first))
    return Inquiry(playbook=found[0], step=first, keys=tuple(rest))


def _nowhere(library: FileLibrary, name: str) -> str:
    known = library.playbook_ids()
    added = {
        region
        for one in known
        for region in library.regions(one)
        if name in _steps(library, one, region)
    }
    if added:
        ways = " or ".join(f"--region {region}" for region in sorted(added))
        return f"no playbook has a step `{name}`, but an overlay adds it; say {ways}"
    return f"there is no playbook and no step `{name}`; playbooks are: {', '.join(known)}"


def _steps(library: FileLibrary, playbook_id: str, region: str) -> tuple[str, ...]:
    tree = library.layered(playbook_id, region=region).tree
    return () if tree is None else step_ids(tree)


def values(library: FileLibrary, inquiry: Inquiry, *, region: str) -> dict[str, Explanation]:
    """
    Return where a value comes from, by region; with `region`, there only.

    Without it, the playbook itself (under an empty key) and every region whose
    layers say otherwise.

    Raises:
        NotFoundError: there is no such step or key; the message lists what exists.
    """
    here = merged(library, inquiry.playbook, region=region)
    found = {region: explained(here.tree, inquiry.step, inquiry.keys)}
    for other in () if region else library.regions(inquiry.playbook):
        there = merged(library, inquiry.playbook, region=other)
        said = explained(there.tree, inquiry.step, inquiry.keys)
        if said.settings[0].region:
            found[other] = said
    return found


def partners(
    library: FileLibrary, inquiry: Inquiry, *, region: str, at: datetime
) -> tuple[Asked, ...]:
    """
    Return who a step asks in a region, role by role, and by whose word.

    Without a region, all who hold its roles with where they do, and then whom each
    region's layers bind.
    """
    if region:
        return _asked_there(library, inquiry, region=region, at=at)
    regions = library.regions(inquiry.playbook)
    there = [_asked_there(library, inquiry, region=one, at=at) for one in ("", *regions)]
    bound_there = (one for asked in there[1:] for one in asked if one.binding is not None)
    return (*there[0], *bound_there)


def _asked_there(
    library: FileLibrary, inquiry: Inquiry, *, region: str, at: datetime
) -> tuple[Asked, ...]:
    here = merged(library, inquiry.playbook, region=region)
    keys_of(here.tree, inquiry.step)  # says what exists where the step does not
    steps = (*here.playbook.steps, here.playbook.stand_down)
    step = next(one for one in steps if one.id == inquiry.step)
    directory = bound(
        library.directory(around=at),
        here.playbook.bindings,
        here.playbook.must_not,
        region=region,
    )
    return asked_in(here.tree, here.playbook, step, directory, region=region)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """
    The answer to a question: values by region, fields of a step, partners, or layers.

    `consents` say which consent a step's gate needs in each Land, or in that of `region`.
    """

    playbook: str
    region: str
    step: str
    values: tuple[tuple[str, Explanation], ...] = ()
    fields: tuple[tuple[str, Explanation], ...] = ()
    partners: tuple[Asked, ...] = ()
    layers: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    consents: tuple[str, ...] = ()


def answered(library: FileLibrary, text: str, *, region: str, at: datetime) -> Explained:
    """
    Return the answer to what a text such as `A32.within` asks; `at` is for rotas.

    Raises:
        NotFoundError: there is no such playbook, step or key; the message lists what exists.
        FindingsError: a file holds mistakes; the message lists them all.
    """
    inquiry = read_inquiry(library, text, region=region)
    about = Explained(playbook=inquiry.playbook, region=region, step=inquiry.step)
    here = merged(library, inquiry.playbook, region=region)
    if not inquiry.step:
        changed = changed_by_layers(here.tree)
        return replace(about, layers=here.playbook.layers, changed=changed)
    if inquiry.keys[:1] in ((), (GATE,)):
        about = replace(about, consents=_consents(library, here, inquiry.step, at=at))
    if not inquiry.keys:
        keys = keys_of(here.tree, inquiry.step)
        fields = ((key, explained(here.tree, inquiry.step, (key,))) for key in keys)
        return replace(about, fields=tuple(fields))
    if inquiry.keys == (PARTNER,):
        return replace(about, partners=partners(library, inquiry, region=region, at=at))
    return replace(about, values=tuple(values(library, inquiry, region=region).items()))


def _consents(
    library: FileLibrary, here: Merged, step_id: str, *, at: datetime
) -> tuple[str, ...]:
    """Return what the gate of a step needs by the policies of the house; empty without one."""
    step = next((one for one in here.playbook.steps if one.id == step_id), None)
    if step is None or step.gate is None:
        return ()
    policies = library.consent_policies(around=at)
    region = here.region or here.playbook.region
    if region != FEDERAL:
        only = policy_in(policies, region)
        policies = () if only is None else (only,)
    return tuple(needed_words(step, step.gate, policies))
