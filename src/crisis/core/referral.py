"""Which services fit what somebody needs: by need, region, language, people, age and access."""

from collections.abc import Iterable
from dataclasses import dataclass

from crisis.core.contact import FEDERAL
from crisis.core.service import NEEDS, Access, NeedGroup, People, Service, ServiceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """
    What is looked for; whatever is left out does not matter.

    `need` is a key of `NEEDS`, `region` an AGS key, `language` a tag such as `pl`, `age`
    in years, `access` all of what is needed.
    """

    need: str = ""
    region: str = ""
    language: str = ""
    people: People | None = None
    age: int | None = None
    access: tuple[Access, ...] = ()


def matching(services: Iterable[Service], wish: Wish) -> tuple[Service, ...]:
    """
    Return the services that fit a wish, the most local first, then by name (S2.8).

    Work with perpetrators is found alone, by its own need, and never beside others (S4.12).
    """
    apart = wish.need == ServiceKind.PERPETRATOR_WORK
    found = [
        one
        for one in services
        if (one.kind is ServiceKind.PERPETRATOR_WORK) is apart and _fits(one, wish)
    ]
    found.sort(key=lambda one: one.name.de)
    if wish.region:
        found.sort(key=lambda one: nearness(one, wish.region), reverse=True)
    return tuple(found)


def nearness(service: Service, region: str) -> int:
    """Return how local a service is: the length of its prefix, 1 federal, 0 not at all."""
    return max((_near(prefix, region) for prefix in service.regions), default=0)


def groups_without(services: Iterable[Service], *, region: str) -> tuple[NeedGroup, ...]:
    """Return the needs of S5.P1 for which a region, or any part of it, holds no service."""
    held = {
        NEEDS[need].group
        for one in services
        if one.kind is not ServiceKind.PERPETRATOR_WORK and _serves_in(one, region)
        for need in one.needs
    }
    return tuple(group for group in NeedGroup if group not in held)


def _serves_in(service: Service, region: str) -> bool:
    return bool(nearness(service, region)) or any(
        prefix.startswith(region) for prefix in service.regions
    )


def _near(prefix: str, region: str) -> int:
    if prefix == FEDERAL:
        return 1
    return len(prefix) if region.startswith(prefix) else 0


def _fits(service: Service, wish: Wish) -> bool:
    return (
        (not wish.need or wish.need in service.needs)
        and (not wish.region or bool(nearness(service, wish.region)))
        and (not wish.language or _speaks(service, wish.language))
        and (wish.people is None or bool({wish.people, People.EVERYONE} & {*service.people}))
        and (wish.age is None or service.ages is None or _in(wish.age, service.ages))
        and set(wish.access) <= set(service.access)
    )


def _speaks(service: Service, language: str) -> bool:
    return service.interpreters or language in service.languages


def _in(age: int, ages: tuple[int, int]) -> bool:
    return ages[0] <= age <= ages[1]
