"""Going on with a log whose chain is broken: only where it can still be followed."""

from datetime import datetime

from crisis.core.incident import fold
from crisis.core.refusal import require_sign, require_text
from crisis.errors import BrokenChainError, NotFoundError
from crisis.usecases.custody import CustodyLog


def accept_break(log: CustodyLog, incident_id: str, *, reason: str, by: str, now: datetime) -> int:
    """
    Accept a broken chain with a reason, and return the version that says so.

    Raises:
        NotFoundError: there is no such incident.
        RefusedError: the chain holds; there is nothing to accept.
        BrokenChainError: what is left cannot be followed; the message says the way out.
        UsageError: reason or sign are missing.
        PersonalDataError: the reason seems to name a person.
    """
    require_sign(by)
    require_text("reason", reason)
    if incident_id not in log.incidents() and not log.read(incident_id):
        listed = ", ".join(log.incidents()) or "none yet"
        raise NotFoundError(f"there is no incident `{incident_id}`; there are: {listed}")
    try:
        fold(log.read(incident_id))
    except (ValueError, KeyError, BrokenChainError) as error:
        raise BrokenChainError(
            f"What is left of the log of {incident_id} cannot be followed, so nothing was"
            " accepted. Restore the database from a backup (`crisis log restore`). Without one:"
            f" keep what there is with `crisis log export {incident_id}`, open the incident anew,"
            " and enter what is known with its times."
        ) from error
    [entry] = log.accept_break(incident_id, reason=reason, actor=by, at=now)
    return entry.version
