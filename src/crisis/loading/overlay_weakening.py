"""
What would weaken a step, key by key: each rule says so in words, or nothing.

A region may tighten; what the partners agreed for everywhere it may not take back
(`playbooks.md` §7.3). A key without a rule here may not be changed in a binding step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from crisis.core.deadline import is_longer
from crisis.core.playbook import Completion
from crisis.loading.durations import written_within
from crisis.loading.expect_file import ExpectFile
from crisis.loading.kind_words import TLP_WORDS
from crisis.loading.ladder_file import RungFile
from crisis.loading.playbook_file import PlaybookFile
from crisis.loading.profile_file import ProfileFile
from crisis.loading.step_file import StepFile, start_of

BINDING = ("always", "if-true")
_HOW_BINDING = ("optional", "if-true", "always")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step before and after a layer, each in its playbook."""

    step: StepFile
    playbook: PlaybookFile
    new: StepFile
    new_playbook: PlaybookFile


def weakening(key: str, change: Change) -> str:
    """Return how a change of one key would weaken a step, or nothing if it does not."""
    if key in FREE or getattr(change.step, key) == getattr(change.new, key):
        return ""
    if key in _ALWAYS:
        return _ALWAYS[key](change)
    if change.step.mandatory not in BINDING:
        return ""
    rule = _BINDING_ONLY.get(key)
    return f"changes `{key}` of a binding step" if rule is None else rule(change)


def slower(ladder: list[RungFile], than: list[RungFile]) -> bool:
    """Return whether a ladder leaves out a rung of another one, or reaches it later."""
    reached = {rung.then: rung.after for rung in ladder}
    return any(rung.then not in reached or _later(reached[rung.then], rung.after) for rung in than)


def narrower(profile: ProfileFile, than: ProfileFile) -> str:
    """Return in words what a channel profile lost, or nothing."""
    lost = [kind for kind in than.order if kind not in profile.order]
    at_night = profile.out_of_hours or profile.order
    lost += [
        kind
        for kind in than.out_of_hours or than.order
        if kind not in at_night and kind not in lost
    ]
    if lost:
        return f"takes away {', '.join(lost)}"
    if profile.waits and not than.waits:
        return "lets the ask wait for the next working day"
    if than.oral and not profile.oral:
        return "puts in writing what was to be said by word of mouth"
    return ""


def _later(new: timedelta | int, old: timedelta | int) -> bool:
    if isinstance(new, int) and isinstance(old, timedelta):
        return True
    days = [timedelta(days=one) if isinstance(one, int) else one for one in (new, old)]
    return days[0] > days[1]


def _mandatory(change: Change) -> str:
    ranks = [_HOW_BINDING.index(step.mandatory) for step in (change.new, change.step)]
    if ranks[0] >= ranks[1]:
        return ""
    return f"makes it `{change.new.mandatory}` instead of `{change.step.mandatory}`"


def _tlp(change: Change) -> str:
    if TLP_WORDS.index(change.new.tlp) >= TLP_WORDS.index(change.step.tlp):
        return ""
    return f"lowers TLP:{change.step.tlp.upper()} to TLP:{change.new.tlp.upper()}"


def _gate(change: Change) -> str:
    """Say that a consent gate is changed, or that a binding step is put behind one."""
    if change.step.gate is not None:
        return "changes whose consent it needs"
    binding = change.step.mandatory in BINDING
    return "lets a binding step wait for a consent" if binding else ""


def _bulletin(change: Change) -> str:
    """Say that a step tells of fewer things, or that it waits for a bulletin now."""
    old, new = change.step.bulletin, change.new.bulletin
    if old is None:
        waits = new is not None and change.step.mandatory in BINDING
        return "lets a binding step wait for a bulletin" if waits else ""
    lost = [word for word in old.about if new is None or word not in new.about]
    silent = [role for role in old.by if new is None or role not in new.by]
    if lost:
        return f"no longer carries bulletins about {', '.join(lost)}"
    return f"no longer lets {', '.join(silent)} issue bulletins" if silent else ""


def _who(change: Change) -> str:
    old, new = change.step.who, change.new.who
    roles = [role for role in old.roles if role not in new.roles]
    if roles:
        return f"no longer asks {', '.join(roles)}"
    lost = set(old.earlier) - set(new.earlier) or (new.reached and not old.reached)
    return "asks fewer of the partners of earlier steps" if lost else ""


def _start(change: Change) -> str:
    old = start_of(change.step, change.playbook.steps)
    new = start_of(change.new, change.new_playbook.steps)
    same = (old.after, old.mode, old.occasion) == (new.after, new.mode, new.occasion)
    later = new.latest is None if old.latest is not None else False
    if old.latest is not None and new.latest is not None:
        later = new.latest > old.latest
    if same and new.offset <= old.offset and not later:
        return ""
    return "lets it begin later, or after something else"


def _via(change: Change) -> str:
    old = change.playbook.profiles.get(change.step.via)
    new = change.new_playbook.profiles.get(change.new.via)
    if old is None or new is None:
        return ""  # an unknown profile is reported as such
    return narrower(new, old)


def _expect(change: Change) -> str:
    old, new = change.step.expect, change.new.expect
    if new != "report" and (old == "nothing" or (old == "acknowledgement" and new != "nothing")):
        return ""
    return f"asks for {_expected(new)} where {_expected(old)} is agreed"


def _expected(expect: ExpectFile) -> str:
    if isinstance(expect, str):
        return expect
    return next(iter(expect.model_dump()))


def _within(change: Change) -> str:
    # A longer deadline may have its reason; that is looked at where the reason stands.
    old = change.step.within
    if old is None or change.new.within is not None:
        return ""
    return f"takes away the deadline of {written_within(old)}"


def _members_within(change: Change) -> str:
    old, new = change.step.members_within, change.new.members_within
    start = start_of(change.new, change.new_playbook.steps)
    offset = None if start.after or start.occasion else start.offset
    if old is None or (new is not None and not is_longer(new, old, offset=offset)):
        return ""
    return f"leaves the members more time than {written_within(old)}"


def _escalate(change: Change) -> str:
    old = change.playbook.ladders.get(change.step.escalate or "")
    if change.new.escalate is None:
        return "takes away the ladder"
    new = change.new_playbook.ladders.get(change.new.escalate)
    if old is None or new is None or not slower(new, old):
        return ""
    return f"escalates more slowly: `{change.new.escalate}` instead of `{change.step.escalate}`"


def _complete(change: Change) -> str:
    old, new = change.step.complete, change.new.complete
    strictness = {Completion.ANY: 1, Completion.ALL: 1000}
    before = strictness.get(old.completion, old.quorum or 0)
    after = strictness.get(new.completion, new.quorum or 0)
    return "" if after >= before else "is content with fewer answers"


def _switched_off(key: str, words: str) -> Callable[[Change], str]:
    return lambda change: words if getattr(change.step, key) else ""


def _switched_on(key: str, words: str) -> Callable[[Change], str]:
    return lambda change: words if getattr(change.new, key) else ""


# Names and reasons; lists that only grow are compared where they grow.
FREE = frozenset({"id", "title", "benefit", "basis", "languages", "materials", "competence"})
_ALWAYS: Mapping[str, Callable[[Change], str]] = MappingProxyType(
    {"tlp": _tlp, "gate": _gate, "bulletin": _bulletin}
)
_BINDING_ONLY: Mapping[str, Callable[[Change], str]] = MappingProxyType(
    {
        "mandatory": _mandatory,
        "who": _who,
        "start": _start,
        "via": _via,
        "expect": _expect,
        "within": _within,
        "members_within": _members_within,
        "escalate": _escalate,
        "complete": _complete,
        "hub": _switched_off("hub", "no longer lets it be passed on to the members"),
        "check_in": _switched_off("check_in", "takes it out of the check-ins"),
        "waits": _switched_on("waits", "lets the ask wait for the next working day"),
        "when": lambda _: "changes the condition under which it applies",
        "hold_while": lambda _: "changes when it is held",
        "message": lambda _: "replaces what is asked",
        "place": _switched_off("place", "changes which place it names"),
    }
)
