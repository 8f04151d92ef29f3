"""What differs between two agreements, or two versions of one: parties, signatories, clauses."""

from collections.abc import Iterator

from crisis.loading.agreement_file import AgreementFile, PartyFile
from crisis.loading.difference import Difference, Verdict, gone_and_new, plain
from crisis.loading.words_file import WordsFile

_DATES = ("signed_on", "in_force_from", "ends_on", "place")
_WEAKER_IF_GONE = (Verdict.WEAKER, Verdict.STRICTER)


def agreement_differences(before: AgreementFile, after: AgreementFile) -> tuple[Difference, ...]:
    """Return everything that differs; what is no longer agreed is weaker."""
    return (*_head(before, after), *_parties(before, after), *_clauses(before, after))


def _head(before: AgreementFile, after: AgreementFile) -> Iterator[Difference]:
    if before.title != after.title:
        yield _changed("title", _said(before.title), _said(after.title))
    for key in ("kind", *_DATES):
        told = str(getattr(before, key) or ""), str(getattr(after, key) or "")
        if told[0] != told[1]:
            yield _changed(key.replace("_", "-"), *told)
    regions = plain(before.regions), plain(after.regions)
    kinds = ("region-removed", "region-added")
    yield from gone_and_new("agreement", *regions, kinds, _WEAKER_IF_GONE)
    for key, noun in (("subjects", "subject"), ("supersedes", "superseded")):
        words = plain(getattr(before, key)), plain(getattr(after, key))
        yield from gone_and_new("agreement", *words, (f"{noun}-removed", f"{noun}-added"))
    if before.review_months != after.review_months:
        later = after.review_months > before.review_months
        yield Difference(
            where="agreement",
            kind="review-later" if later else "review-sooner",
            verdict=Verdict.WEAKER if later else Verdict.STRICTER,
            before=f"{before.review_months} months",
            after=f"{after.review_months} months",
        )


def _changed(key: str, before: str, after: str) -> Difference:
    return Difference(where="agreement", kind=f"{key}-changed", before=before, after=after)


def _parties(before: AgreementFile, after: AgreementFile) -> Iterator[Difference]:
    old = {party.organisation: party for party in before.parties}
    new = {party.organisation: party for party in after.parties}
    told, tells = ({name: _party(party) for name, party in some.items()} for some in (old, new))
    kinds = ("party-removed", "party-added")
    yield from gone_and_new("party {}", told, tells, kinds, (Verdict.WEAKER, Verdict.NEUTRAL))
    for name in (one for one in old if one in new):
        was, now = _said(old[name].signatory), _said(new[name].signatory)
        if was != now:
            yield Difference(
                where=f"party {name}", kind="signatory-changed", before=was, after=now
            )
        roles = plain(old[name].roles), plain(new[name].roles)
        both = ("role-removed", "role-added")
        yield from gone_and_new(f"party {name}", *roles, both, _WEAKER_IF_GONE)
        if old[name].regions != new[name].regions:
            yield Difference(
                where=f"party {name}",
                kind="regions-changed",
                verdict=Verdict.UNCLEAR,
                before=_regions(old[name]),
                after=_regions(new[name]),
            )


def _regions(party: PartyFile) -> str:
    return ", ".join(party.regions) or "wherever it holds"


def _party(party: PartyFile) -> str:
    return f"{_said(party.signatory)} ({', '.join(party.roles)})"


def _clauses(before: AgreementFile, after: AgreementFile) -> Iterator[Difference]:
    old = {clause.id: _said(clause.text) for clause in before.clauses}
    new = {clause.id: _said(clause.text) for clause in after.clauses}
    kinds = ("clause-removed", "clause-added")
    yield from gone_and_new("clause {}", old, new, kinds, _WEAKER_IF_GONE)
    for name, text in old.items():
        if name in new and new[name] != text:
            yield Difference(
                where=f"clause {name}",
                kind="clause-reworded",
                verdict=Verdict.UNCLEAR,
                before=text,
                after=new[name],
            )


def _said(words: WordsFile) -> str:
    return words.de
