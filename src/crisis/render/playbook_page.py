"""A playbook as one page: the picture of its course, what its steps rest on, and role cards."""

from collections.abc import Mapping, Sequence

from crisis.core.course import Planned, course
from crisis.core.playbook import Playbook, Step
from crisis.core.region import name_of
from crisis.core.role_card import Part, RoleCard, Task, Unheld
from crisis.core.words import Words
from crisis.render.competence_words import COMPETENCES
from crisis.render.course_svg import Origin, course_svg
from crisis.render.sheet import Card, Grid, Item, Section, Sheet, sheet_html
from crisis.render.step_words import StepWords
from crisis.render.wording import Language, Wording

PARTS = {
    Part.EXECUTES: Words(de="führt aus", en="executes"),
    Part.SUPPORTS: Words(de="unterstützt", en="supports"),
    Part.INFORMED: Words(de="wird informiert", en="is informed"),
}


def playbook_page(
    playbook: Playbook,
    cards: Sequence[RoleCard],
    gaps: Sequence[Unheld],
    *,
    region: str,
    clauses: Mapping[str, Words],
    only: str = "",
    language: Language = "de",
) -> str:
    """
    Return the page of a playbook in a region (AGS).

    `cards` and `gaps` are those of the region, `clauses` what the register says of each.
    `only` is the role, or the partner, whose cards are all that is shown.
    """
    page = _Page(playbook, cards, gaps, Wording(language), region=region, clauses=clauses)
    return sheet_html(page.sheet(only=only))


class _Page:
    def __init__(
        self,
        playbook: Playbook,
        cards: Sequence[RoleCard],
        gaps: Sequence[Unheld],
        wording: Wording,
        *,
        region: str,
        clauses: Mapping[str, Words],
    ) -> None:
        self._playbook, self._cards, self._gaps = playbook, cards, gaps
        self._wording, self._pick, self._region = wording, wording.pick, region
        self._words = StepWords(playbook, wording, clauses=clauses)
        self._names = {card.partner.id: wording.words(card.partner.name) for card in cards}

    def sheet(self, *, only: str) -> Sheet:
        """Return the whole page, or the cards of one role or partner."""
        pick, title = self._pick, self._wording.words(self._playbook.title)
        sections = (
            (self._role_cards(only),)
            if only
            else (*self._courses(), self._steps(), self._agreements(), self._role_cards(""))
        )
        return Sheet(
            title=pick(f"Rollenkarte: {title}", f"Role card: {title}") if only else title,
            subtitle=f"{name_of(self._region)} · {' + '.join(self._playbook.layers)}",
            strip=pick(
                "Was vereinbart ist: ein Überblick, keine Anfrage",
                "What was agreed: an overview, not a request",
            ),
            facts=self._facts(),
            sections=sections,
            note=pick(
                "Wer einen Schritt ausführt und wer ihn unterstützt, folgt aus den Zuständigkeiten"
                " in Playbook und Kontakten; dieses Blatt begründet keine. Genannt werden"
                " Funktionen, keine Personen. In {geschweiften Klammern} setzt das Haus ein, was"
                " erst im Einsatz feststeht.",
                "Who executes a step and who supports it follows from the competences in playbook"
                " and contacts; this sheet creates none. Functions are named, not persons. In"
                " {curly brackets} the house puts what is known only during an incident.",
            ),
            language=self._wording.language,
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        pick, words, lead = self._pick, self._wording.words, self._playbook.lead
        leads = ", ".join(
            f"{self._names[card.partner.id]} ({words(card.contact.title)})"
            for card in self._cards
            if card.leads
        )
        gaps = "; ".join(f"{gap.role} ({', '.join(gap.steps)})" for gap in self._gaps)
        return (
            (pick("Federführung", "Lead"), leads or lead.role),
            (pick("Vertretung", "Deputies"), ", ".join(lead.deputies)),
            (pick("Übergabe", "Hand-over"), words(lead.handover)),
            (pick("Gebiet", "Region"), f"{self._region} {name_of(self._region)}"),
            (
                pick("Zu überprüfen bis", "To be reviewed by"),
                self._playbook.review_by.isoformat(),
            ),
            (pick("Unbesetzte Rollen", "Roles nobody holds"), gaps or pick("keine", "none")),
        )

    def _courses(self) -> tuple[Section, ...]:
        planned = course(self._playbook)
        names = {one.id: self._wording.words(one.title) for one in self._playbook.occasions}
        return tuple(
            self._course(
                [one for one in planned if one.origin == origin], origin, names.get(origin, "")
            )
            for origin in dict.fromkeys(one.origin for one in planned)
        )

    def _course(self, steps: Sequence[Planned], origin: str, name: str) -> Section:
        pick = self._pick
        title = pick("Ablauf ab T0", "Course from T0")
        if origin:
            title = pick(f"Ablauf ab {origin}: {name}", f"Course from {origin}: {name}")
        moment = Origin(id=origin.lower() or "t0", name=origin or "T0")
        return Section(
            title=title,
            picture=course_svg(
                steps, self._playbook.phases, moment, words=self._words, wording=self._wording
            ),
            caption=pick(
                "Eine Zeile je Schritt. Der Balken reicht vom Beginn bis zur Frist; ein Pfeil"
                " führt von dem Schritt her, auf den gewartet wird. Angenommen ist, dass jede"
                " Antwort erst zum Ende ihrer Frist kommt. Rechts stehen Frist und Beginn.",
                "One row for each step. The bar reaches from its beginning to its deadline; an"
                " arrow comes from the step that is waited for. Each answer is taken to come only"
                " when its deadline ends. On the right stand deadline and beginning.",
            ),
        )

    def _steps(self) -> Section:
        pick = self._pick
        return Section(
            title=pick("Alle Schritte", "All steps"),
            grids=tuple(
                Grid(
                    caption=self._wording.words(phase.title),
                    heads=(
                        pick("Schritt", "Step"),
                        pick("Titel", "Title"),
                        pick("Wer", "Who"),
                        pick("Beginn", "Begins"),
                        pick("Frist", "Deadline"),
                        pick("Bedingung", "Condition"),
                        pick("Grundlage", "Founded on"),
                        pick("Nutzen für Betroffene", "What those affected gain"),
                    ),
                    rows=tuple(self._row(step) for step in phase.steps),
                )
                for phase in self._playbook.phases
            ),
        )

    def _row(self, step: Step) -> tuple[str, ...]:
        words = self._wording.words
        return (
            step.id,
            words(step.title),
            self._who(step),
            self._words.start(step),
            self._words.deadline(step) or "\u2013",
            self._words.condition(step) or self._pick("immer", "always"),
            ", ".join(step.basis),
            words(step.benefit),
        )

    def _who(self, step: Step) -> str:
        earlier = (*step.reached_in, *step.asked_in)
        if not earlier:
            return ", ".join(step.roles)
        reached = self._pick("wer erreicht wurde in", "whoever was reached in")
        asked = self._pick("wer gefragt wurde in", "whoever was asked in")
        span = earlier[0] if len(earlier) == 1 else f"{earlier[0]}\u2013{earlier[-1]}"
        told = f"{reached if step.reached_in else asked} {span}"
        return ", ".join((*step.roles, told))

    def _agreements(self) -> Section:
        pick, words = self._pick, self._wording.words
        cited = dict.fromkeys(clause for step in self._playbook.steps for clause in step.basis)
        rows = tuple(
            (clause, self._words.clause(clause), ", ".join(self._citing(clause)))
            for clause in cited
        )
        return Section(
            title=pick("Worauf die Schritte beruhen", "What the steps are founded on"),
            texts=(
                pick("Vereinbarungen: ", "Agreements: ")
                + ", ".join(self._playbook.agreements)
                + ".",
                words(
                    Words(
                        de="Klauseln sagen, was im Verzeichnis der Vereinbarungen steht; Gesetze"
                        " und Regeln des Hauses stehen nur mit Namen.",
                        en="Clauses say what stands in the register of agreements; laws and rules"
                        " of the house stand by name only.",
                    )
                ),
            ),
            grids=(
                Grid(
                    caption=pick("Grundlagen", "Foundations"),
                    heads=(
                        pick("Grundlage", "Foundation"),
                        pick("Inhalt", "Content"),
                        pick("Schritte", "Steps"),
                    ),
                    rows=rows,
                ),
            ),
        )

    def _citing(self, clause: str) -> tuple[str, ...]:
        return tuple(step.id for step in self._playbook.steps if clause in step.basis)

    def _role_cards(self, only: str) -> Section:
        shown = [card for card in self._cards if not only or card.is_of(only)]
        return Section(
            title=self._pick("Rollenkarten", "Role cards"),
            texts=(
                self._pick(
                    "Eine Karte je Partner: was von ihm erbeten wird, bis wann, worüber, was ohne"
                    " Antwort geschieht, und was er nicht darf. Beim Drucken beginnt jede Karte"
                    " auf einem neuen Blatt.",
                    "One card for each partner: what it is asked for, by when, over what, what"
                    " happens without an answer, and what it must not do. In print each card"
                    " begins on a new sheet.",
                ),
            ),
            cards=tuple(map(self._card, shown)),
        )

    def _card(self, card: RoleCard) -> Card:
        pick, words, partner = self._pick, self._wording.words, card.partner
        facts = [
            (pick("Rolle", "Role"), ", ".join(card.roles) or pick("über ein Haus", "by a hub")),
            (pick("Zuerst gefragt", "Asked first"), words(card.contact.title)),
        ]
        if card.deputy is not None:
            facts.append((pick("Vertretung", "Deputy"), words(card.deputy.title)))
        if card.superior is not None:
            facts.append((pick("Übergeordnet", "Superior"), words(card.superior.title)))
        if card.leads:
            facts.append(
                (
                    pick("Federführung", "Lead"),
                    pick(
                        "führt; auf diesen Tisch kommt, was niemand beantwortet",
                        "leads; what nobody answers comes to this desk",
                    ),
                )
            )
        can = ", ".join(self._competence(one) for one in partner.competences)
        must_not = ", ".join(self._competence(one) for one in partner.must_not)
        facts += [
            (pick("Zuständig für", "Competent for"), can or pick("keine Angabe", "not given")),
            (pick("Darf nicht", "Must not"), must_not or pick("keine Angabe", "not given")),
        ]
        return Card(
            id=f"card-{partner.id}",
            title=words(partner.name),
            facts=tuple(facts),
            items=tuple(map(self._item, card.tasks)),
        )

    def _item(self, task: Task) -> Item:
        pick, step, said = self._pick, task.step, self._words
        hub = self._names.get(task.hub, task.hub)
        facts = (
            (pick("Kommt über", "Comes through"), hub),
            (pick("Erbeten", "Asked for"), said.expected(step)),
            (pick("Beginn", "Begins"), said.start(step)),
            (pick("Bis", "By"), said.deadline(step)),
            (pick("Bedingung", "Condition"), said.condition(step)),
            (pick("Verbindlich", "Binding"), said.mandatory(step)),
            (pick("Worüber", "Over"), said.channels(step)),
            (pick("Ohne Antwort", "Without an answer"), said.ladder(step)),
            (pick("Genügt", "Enough"), said.completion(step)),
            (pick("Grundlage", "Founded on"), said.basis(step)),
            (pick("Nutzen", "Benefit"), self._wording.words(step.benefit)),
        )
        return Item(
            title=f"{step.id} {self._wording.words(step.title)}",
            mark=self._wording.words(PARTS[task.part]),
            text=self._wording.words(step.message),
            facts=tuple((name, value) for name, value in facts if value),
        )

    def _competence(self, word: str) -> str:
        return self._wording.words(COMPETENCES[word]) if word in COMPETENCES else word
