"""Sinks, a certificate authority, and couriers that are closed again."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from crisis.notify.courier import Courier, CourierSettings
from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from tests.notify.certificates import Authority, an_authority
from tests.notify.messages import Book

Hire = Callable[..., Courier]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return an_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(params=[True, False], ids=["pipelining", "one-by-one"])
def smtp(request: pytest.FixtureRequest) -> Iterator[SmtpSink]:
    with SmtpSink(pipelining=request.param) as sink:
        yield sink


@pytest.fixture
def http() -> Iterator[HttpSink]:
    with HttpSink() as sink:
        yield sink


@pytest.fixture
def hire() -> Iterator[Hire]:
    """Return a maker of couriers: addresses by channel id, then settings by name."""
    hired: list[Courier] = []

    def make(addresses: Mapping[str, str], **settings: object) -> Courier:
        courier = Courier(Book(addresses), CourierSettings(**settings))  # type: ignore[arg-type]  # -- as the test says
        hired.append(courier)
        return courier

    yield make
    for courier in hired:
        courier.close()
