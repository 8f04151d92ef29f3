"""Policies on consent as a house writes them: one file for each Land, in a folder of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from crisis.core.consent_policy import ConsentKind, ConsentPolicy, ConsentRule, Matter
from crisis.core.contact import FEDERAL
from crisis.loading.catalogue import LAENDER, ROLES
from crisis.loading.files import shown
from crisis.loading.identifiers import WordList
from crisis.loading.located import Document, Loc, read_yaml
from crisis.loading.problem import Problem, has_errors
from crisis.loading.shape import FileModel, check_shape, did_you_mean
from crisis.loading.words_file import WordsFile

# Files in a folder of this name, anywhere below the contacts, are policies on consent.
FOLDER = "consent"
_KINDS = {
    "none": ConsentKind.NONE,
    "oral": ConsentKind.ORAL,
    "written": ConsentKind.WRITTEN,
}


class ConsentRuleFile(FileModel):
    """What some roles need to hand something over to others."""

    hands_over: Literal["numbers", "contact-data", "case"] = Field(
        description="What: sums, who can be reached where, or something about a case."
    )
    by: WordList = Field(default=[], description="The roles that hand it over. Without it: all.")
    to: WordList = Field(default=[], description="The roles that get it. Without it: all.")
    needs: Literal["none", "oral", "written"] = Field(
        description="Which consent: none by law, given orally, or in writing."
    )
    law: str = Field(min_length=3, description="What founds it, so that it can be looked up.")

    def rule(self) -> ConsentRule:
        """Return the core value."""
        return ConsentRule(
            matter=Matter(self.hands_over),
            by=tuple(self.by),
            to=tuple(self.to),
            needs=_KINDS[self.needs],
            law=self.law,
        )


class ConsentFile(FileModel):
    """What holds in one Land; the first rule that fits counts, the strictest where none does."""

    land: str = Field(description="Two digits of the AGS; `00` for every Land without a file.")
    title: WordsFile = Field(description="The Land as people call it.")
    rules: list[ConsentRuleFile] = Field(description="The rules, the more special ones first.")

    def policy(self) -> ConsentPolicy:
        """Return the core value."""
        return ConsentPolicy(
            land=self.land,
            title=self.title.words(),
            rules=tuple(rule.rule() for rule in self.rules),
        )


def policy_files(folder: Path, files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files below a folder of contacts apart: others, and policies on consent."""
    others: list[Path] = []
    policies: list[Path] = []
    for file in files:
        inside = FOLDER in file.relative_to(folder).parts[:-1]
        (policies if inside else others).append(file)
    return others, policies


def load_policies(
    files: Iterable[Path],
) -> tuple[tuple[ConsentPolicy, ...], tuple[Problem, ...]]:
    """Read files of policies; those with a mistake, or that speak for one Land, are left out."""
    problems: list[Problem] = []
    sound: list[tuple[ConsentPolicy, Document]] = []
    for file in files:
        document, found = read_yaml(file, shown_as=shown(file))
        problems += found
        if document is None:
            continue
        entry, found = check_shape(document, ConsentFile)
        own = [*found, *(() if entry is None else _problems(entry, document))]
        problems += own
        if entry is not None and not has_errors(own):
            sound.append((entry.policy(), document))
    counted = Counter(policy.land for policy, _ in sound)
    problems += _twice(sound, counted)
    return tuple(policy for policy, _ in sound if counted[policy.land] == 1), tuple(problems)


def _problems(entry: ConsentFile, document: Document) -> Iterator[Problem]:
    if entry.land != FEDERAL and entry.land not in LAENDER:
        message = f"`{entry.land}` is not a Land"
        hint = "write the two digits of its AGS, such as `14`, or `00` for all others"
        yield document.problem(("land",), "CP101", message, hint=hint)
    for index, rule in enumerate(entry.rules):
        for key, roles in (("by", rule.by), ("to", rule.to)):
            for role in roles:
                if role not in ROLES:
                    loc: Loc = ("rules", index, key)
                    hint = did_you_mean(role, ROLES)
                    yield document.problem(loc, "CP102", f"unknown role `{role}`", hint=hint)
        if any(_covers(earlier, rule) for earlier in entry.rules[:index]):
            yield document.problem(
                ("rules", index),
                "CP103",
                "an earlier rule says something about all of this already",
                hint="put the more special rule first, or remove one of them",
            )


def _covers(earlier: ConsentRuleFile, later: ConsentRuleFile) -> bool:
    """Return whether a later rule never counts, because an earlier one holds for all of it."""
    return earlier.hands_over == later.hands_over and all(
        not first or (bool(second) and set(second) <= set(first))
        for first, second in ((earlier.by, later.by), (earlier.to, later.to))
    )


def _twice(
    sound: list[tuple[ConsentPolicy, Document]], counted: Counter[str]
) -> Iterator[Problem]:
    for policy, document in sound:
        if counted[policy.land] > 1:
            message = f"there are {counted[policy.land]} policies for {policy.land}"
            hint = "keep one file for each Land"
            yield document.problem(("land",), "CP104", message, hint=hint)
