"""Two versions of a playbook, or of an agreement, beside each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crisis.errors import NotFoundError
from crisis.loading.agreement_difference import agreement_differences
from crisis.loading.agreement_file import AgreementFile
from crisis.loading.agreement_register import agreement_files
from crisis.loading.contact_directory import contact_files
from crisis.loading.difference import Difference, Verdict
from crisis.loading.playbook_difference import differences
from crisis.loading.playbook_version import playbook_version, with_partners
from crisis.loading.shape import did_you_mean
from crisis.loading.single_file import read_single
from crisis.workshop.shop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two versions, by their names; `region` is where partners were seen."""

    before: str
    after: str
    region: str
    differences: tuple[Difference, ...]

    @property
    def became_weaker(self) -> bool:
        """Whether something that binds became weaker, or may have: no rule can tell."""
        doubtful = {Verdict.WEAKER, Verdict.UNCLEAR}
        return any(one.verdict in doubtful for one in self.differences)

    @property
    def counts(self) -> dict[str, int]:
        """How many differences have each verdict, the gravest first; none is left out."""
        found = Counter(one.verdict for one in self.differences)
        return {verdict.value: found[verdict] for verdict in Verdict if found[verdict]}


def compare_playbooks(
    shop: Workshop, before: str, after: str, *, overlays: Sequence[str] = (), region: str = ""
) -> Comparison:
    """
    Compare two playbooks, named by id or path; the second with overlays, or those of a region.

    Raises:
        NotFoundError: there is no such playbook or overlay.
        UsageError: an overlay is laid over another playbook.
        FindingsError: a file holds mistakes; the message lists them all.
    """
    old = playbook_version(shop.library, before)
    new = playbook_version(shop.library, after, overlays=overlays, region=region)
    where = new.region
    if where:
        sides = (old, new)
        old, new = (with_partners(one, shop.library, region=where, at=shop.now) for one in sides)
    return Comparison(
        before=old.name, after=new.name, region=where, differences=differences(old, new)
    )


def compare_agreements(shop: Workshop, before: str, after: str) -> Comparison:
    """
    Compare two files of agreements, named by the ids of the register or by paths.

    Raises:
        NotFoundError: there is no such agreement.
        FindingsError: a file holds mistakes in its shape; the message lists them all.
    """
    (old, old_name), (new, new_name) = (_agreement(shop, name) for name in (before, after))
    return Comparison(
        before=old_name, after=new_name, region="", differences=agreement_differences(old, new)
    )


def _agreement(shop: Workshop, name: str) -> tuple[AgreementFile, str]:
    path = Path(name)
    if path.is_file():
        entry = read_single(path, AgreementFile)[1]
        return entry, entry.id if path.stem == entry.id else f"{entry.id} ({name})"
    folder = shop.settings.contacts_dir
    known = {file.stem: file for file in agreement_files(folder, contact_files(folder))[1]}
    if name not in known:
        raise NotFoundError(f"there is no agreement `{name}`; {did_you_mean(name, known)}")
    return read_single(known[name], AgreementFile)[1], name
