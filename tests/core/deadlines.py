"""Deadlines of every shape, for random playbooks."""

from datetime import time

from crisis.core.deadline import DayHours, Within
from tests.builders import minutes

# From the start, from T0, and by the hour of the start: T0 is 19:20 in Berlin.
DEADLINES = (
    *(Within(duration=minutes(count)) for count in (15, 120)),
    *(
        Within(duration=minutes(count), absolute=True, occasion=occasion)
        for count in (15, 120)
        for occasion in ("", "V")
    ),
    Within(
        duration=minutes(20),
        hours=DayHours(opens=time(6), closes=time(19, 30)),
        otherwise=minutes(45),
    ),
    Within.of_working_days(1),
)
