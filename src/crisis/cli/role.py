"""Roles as people type them."""

from crisis.core.contact import Directory
from crisis.errors import NotFoundError
from crisis.usecases.contacts import roles_held


def require_role(role: str, directory: Directory) -> None:
    """
    Do nothing if somebody holds a role in any region.

    Raises:
        NotFoundError: nobody does; the message lists the roles that somebody holds.
    """
    held = roles_held(directory)
    if role not in held:
        listed = ", ".join(held) or "none"
        raise NotFoundError(f"nobody holds a role `{role}`; there are: {listed}")
