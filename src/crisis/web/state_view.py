"""Where obligations stand, as symbol and word; a colour never says anything alone."""

from crisis.core.obligation import Obligation, ObligationState
from crisis.web.labels import STATES, URGENCY
from crisis.web.texts import Texts

View = dict[str, object]


def state_view(state: ObligationState, say: Texts) -> View:
    """Return a state as symbol and word; the key is only for its colour."""
    symbol, label = STATES[state]
    return {"key": state.value, "symbol": symbol, "label": say(label)}


def counts_view(obligations: list[Obligation], say: Texts) -> list[View]:
    """Return how many obligations stand in each state, the urgent states first."""
    states = [one.state for one in obligations]
    return [
        {**state_view(state, say), "count": states.count(state)}
        for state in URGENCY
        if state in states
    ]
