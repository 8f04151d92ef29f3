"""What differs in one step between two versions, judged by the rules of overlays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from crisis.core.deadline import Within, is_longer
from crisis.loading.difference import Difference, Verdict, gone_and_new, plain, quoted
from crisis.loading.overlay_weakening import BINDING, Change, weakening
from crisis.loading.step_file import StepFile, start_of
from crisis.loading.yaml_builder import YamlValue

# What no rule can compare: words, and conditions that may be narrower or wider.
_TO_BE_READ = frozenset({"when", "hold_while", "message"})
_KINDS = MappingProxyType(
    {
        "start": "start-changed",
        "via": "channels-exchanged",
        "escalate": "ladder-exchanged",
        "expect": "expectation-changed",
        "mandatory": "bindingness-changed",
        "complete": "answers-needed-changed",
        "tlp": "label-changed",
        "gate": "consent-changed",
        "bulletin": "bulletin-changed",
    }
)


def step_differences(
    change: Change,
    before: YamlValue,
    after: YamlValue,
    *,
    reason: str = "",
) -> Iterator[Difference]:
    """
    Yield what differs in a step; `before` and `after` are its mappings as written.

    `reason` is what a layer gives for a longer deadline.
    """
    for key in type(change.step).model_fields:
        if key == "id" or getattr(change.step, key) == getattr(change.new, key):
            continue
        told = _TOLD.get(key)
        if told is not None:
            yield from told(change)
            continue
        tell = _deadline if key in {"within", "members_within"} else _generic
        one = tell(change, key, quoted(before, key), quoted(after, key))
        lengthened = key == "within" and one.verdict is Verdict.WEAKER
        yield replace(one, why=reason) if reason and lengthened else one


def is_binding(step: StepFile) -> bool:
    """Return whether a step binds those whom it asks."""
    return step.mandatory in BINDING


def _deadline(change: Change, key: str, before: str, after: str) -> Difference:
    """Return how a deadline differs; it becomes weaker only where the step was binding."""
    verb, verdict = _shift(change, getattr(change.step, key), getattr(change.new, key))
    if verdict in {Verdict.WEAKER, Verdict.UNCLEAR} and not is_binding(change.step):
        verdict = Verdict.NEUTRAL
    return Difference(
        where=change.step.id,
        kind=f"{'deadline' if key == 'within' else 'members-deadline'}-{verb}",
        verdict=verdict,
        before=before,
        after=after,
    )


def _shift(change: Change, old: Within | None, new: Within | None) -> tuple[str, Verdict]:
    if old is None:
        return "added", Verdict.STRICTER
    if new is None:
        return "removed", Verdict.WEAKER
    start = start_of(change.new, change.new_playbook.steps)
    offset = None if start.after or start.occasion else start.offset
    longer, shorter = (is_longer(*pair, offset=offset) for pair in ((new, old), (old, new)))
    if longer and shorter and _counts(new) != _counts(old):
        return "changed", Verdict.UNCLEAR
    if longer:
        return "lengthened", Verdict.WEAKER
    return ("tightened", Verdict.STRICTER) if shorter else ("changed", Verdict.NEUTRAL)


def _counts(within: Within) -> tuple[object, ...]:
    """Return from what and in what a deadline counts."""
    return within.absolute, within.occasion, within.working_days is None


def _generic(change: Change, key: str, before: str, after: str) -> Difference:
    verdict, why = _judged(change, key)
    kind = _KINDS.get(key, f"{key.replace('_', '-')}-changed")
    if key in {"when", "hold_while"}:
        noun = "condition" if key == "when" else "hold"
        verb = "added" if not before else "changed" if after else "removed"
        kind = f"{noun}-{verb}"
    return Difference(
        where=change.step.id, kind=kind, verdict=verdict, before=before, after=after, why=why
    )


def _judged(change: Change, key: str) -> tuple[Verdict, str]:
    why = weakening(key, change)
    if key == "when" and change.new.when is None:
        # A step without a condition applies always.
        return Verdict.STRICTER, ""
    if why:
        return (Verdict.UNCLEAR, "") if _unclear(key, change) else (Verdict.WEAKER, why)
    back = Change(
        step=change.new,
        playbook=change.new_playbook,
        new=change.step,
        new_playbook=change.playbook,
    )
    undone = weakening(key, back)
    return (Verdict.STRICTER if undone and not _unclear(key, back) else Verdict.NEUTRAL), ""


def _unclear(key: str, change: Change) -> bool:
    old, new = getattr(change.step, key), getattr(change.new, key)
    if key == "when":
        return old is not None and new is not None
    if key == "expect":
        return type(old) is type(new) and not isinstance(old, str)
    return key in _TO_BE_READ or f"changes `{key}`" in weakening(key, change)


def _who(change: Change) -> Iterator[Difference]:
    old, new, where = change.step.who, change.new.who, change.step.id
    lost = Verdict.WEAKER if is_binding(change.step) else Verdict.NEUTRAL
    kinds, verdicts = ("role-no-longer-asked", "role-asked"), (lost, Verdict.STRICTER)
    yield from gone_and_new(where, plain(old.roles), plain(new.roles), kinds, verdicts)
    if (old.earlier, old.reached) != (new.earlier, new.reached):
        why = weakening("who", change)
        fewer = bool(why) and not set(old.roles) - set(new.roles)
        yield Difference(
            where=where,
            kind="asked-of-earlier-steps-changed",
            verdict=Verdict.WEAKER if fewer else Verdict.NEUTRAL,
            before=_earlier(old.earlier, reached=old.reached),
            after=_earlier(new.earlier, reached=new.reached),
        )


def _earlier(ranges: tuple[tuple[str, str], ...], *, reached: bool) -> str:
    if not ranges:
        return ""
    told = (first if first == last else f"{first}..{last}" for first, last in ranges)
    return f"{'reached' if reached else 'asked'} in {', '.join(told)}"


def _message(change: Change) -> Iterator[Difference]:
    old, new = change.step.message, change.new.message
    longer = new.de.startswith(old.de.rstrip()) and new.en.startswith(old.en.rstrip())
    unread = Verdict.UNCLEAR if is_binding(change.step) else Verdict.NEUTRAL
    yield Difference(
        where=change.step.id,
        kind="message-extended" if longer else "message-reworded",
        verdict=Verdict.STRICTER if longer else unread,
        before="" if longer else old.de,
        after=new.de.removeprefix(old.de.rstrip()).strip() if longer else new.de,
    )


def _words(key: str, noun: str, *, lost: Verdict, gained: Verdict) -> "_Teller":
    """Return what tells of a list of words, one difference each."""
    kinds = (f"{noun}-removed", f"{noun}-added")
    if key == "basis":
        kinds = (f"{noun}-no-longer-cited", f"{noun}-cited")

    def tell(change: Change) -> Iterator[Difference]:
        old, new = plain(getattr(change.step, key)), plain(getattr(change.new, key))
        both = (lost, gained) if is_binding(change.step) else (Verdict.NEUTRAL, Verdict.NEUTRAL)
        yield from gone_and_new(change.step.id, old, new, kinds, both)

    return tell


_Teller = Callable[[Change], Iterator[Difference]]
_TOLD: Mapping[str, _Teller] = MappingProxyType(
    {
        "who": _who,
        "message": _message,
        "basis": _words("basis", "clause", lost=Verdict.NEUTRAL, gained=Verdict.NEUTRAL),
        "languages": _words("languages", "language", lost=Verdict.WEAKER, gained=Verdict.STRICTER),
        # An overlay may add none (L-KOMPETENZ): a task may have grown beyond what was agreed.
        "competence": _words(
            "competence", "competence", lost=Verdict.NEUTRAL, gained=Verdict.UNCLEAR
        ),
    }
)
