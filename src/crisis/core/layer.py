"""
What regional overlays left in a playbook, so that it can be shown and explained.

Layers lie in the order Bund, Land, district; the later wins field by field. The
playbook that an incident pins is the merged one; these values say by whom it was
changed (S5.9, `playbooks.md` §7.3).
"""

from dataclasses import dataclass
from typing import Literal

from crisis.core.deadline import Within
from crisis.core.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """
    One layer over a playbook: its file's id, its version, the region it holds in.

    `status`: drafted in the district, reviewed by the Land, released by both (S4.6). Only a
    released layer counts when it is real.
    """

    id: str
    version: str
    region: str
    title: Words
    status: Literal["draft", "reviewed", "released"] = "released"

    @property
    def name(self) -> str:
        """The layer as lists name it, such as `goerlitz 1.0.0 (14626)`."""
        return f"{self.id} {self.version} ({self.region})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """
    Who holds a role here, by ids of partners; nobody else does while it is in force.

    `deputy` and `superior` are partners whose first contact stands in or stands
    above; empty: as the directory says. `layer` is the id of the file that binds.
    """

    role: str
    units: tuple[str, ...]
    deputy: str = ""
    superior: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNot:
    """What whoever holds a role must not do, beside what the directory says."""

    role: str
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerDeadline:
    """A deadline that a layer lengthened, with the reason that makes it permissible."""

    step: str
    was: Within
    now: Within
    reason: Words
    layer: str
