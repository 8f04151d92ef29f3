"""A playbook in a region, shown whole: its course, its foundations, and its role cards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from crisis.core.course import Planned, course
from crisis.core.playbook import Playbook
from crisis.core.role_card import RoleCard, Unheld, role_cards, unheld
from crisis.core.words import Words
from crisis.errors import NotFoundError
from crisis.loading.shape import did_you_mean
from crisis.render.playbook_page import playbook_page
from crisis.workshop.shop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """
    A playbook with the partners that it asks in a region (AGS).

    `only` is the role or the partner whose cards alone are shown, empty for all.
    """

    playbook: Playbook
    region: str
    planned: tuple[Planned, ...]
    cards: tuple[RoleCard, ...]
    gaps: tuple[Unheld, ...]
    clauses: Mapping[str, Words]
    only: str = ""

    @property
    def shown(self) -> tuple[RoleCard, ...]:
        """The cards that are shown."""
        return tuple(card for card in self.cards if not self.only or card.is_of(self.only))

    def page(self, *, language: Literal["de", "en"] = "de") -> bytes:
        """Return it as one HTML page that needs nothing else."""
        drawn = playbook_page(
            self.playbook,
            self.cards,
            self.gaps,
            region=self.region,
            clauses=self.clauses,
            only=self.only,
            language=language,
        )
        return drawn.encode()

    def of(self, name: str) -> "Overview":
        """
        Return the cards of one role or partner only.

        Raises:
            NotFoundError: nobody of this name is asked here; the message names who is.
        """
        if not any(card.is_of(name) for card in self.cards):
            known = {role for card in self.cards for role in card.roles}
            if not name.isupper():
                known |= {card.partner.id for card in self.cards}
            hint = did_you_mean(name, known)
            raise NotFoundError(f"{self.playbook.id} asks no `{name}` here; {hint}")
        return replace(self, only=name)


def overview(shop: Workshop, playbook_id: str, *, region: str) -> Overview:
    """
    Return a playbook with its layers and partners in a region (AGS).

    Raises:
        NotFoundError: there is no such playbook, or it does not hold in the region.
        FindingsError: the playbook's or the directory's files hold mistakes.
    """
    known = shop.library.directory(around=shop.now)
    playbook, directory = shop.in_region(playbook_id, region, known)
    register = shop.library.register(around=shop.now)
    return Overview(
        playbook=playbook,
        region=region,
        planned=course(playbook),
        cards=role_cards(playbook, directory, region=region),
        gaps=unheld(playbook, directory, region=region),
        clauses={
            clause.id: clause.text
            for agreement in register.agreements
            for clause in agreement.clauses
        },
    )
