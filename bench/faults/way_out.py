"""Providers that refuse, hang, drop, are slow or busy, and names that do not resolve."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bench.faults.house import UP_WITHIN, House
from bench.faults.kind import Act, Kind
from bench.faults.patience import TooLateError, pause, wait_until
from bench.faults.places import (
    CLOSED,
    MAIL_ONLY,
    NO_NAME,
    PATIENT,
    SLOW,
    WEB_ONLY,
    partners,
)
from bench.faults.providers import WebProvider
from bench.faults.stage import Stage
from bench.faults.tally import Tally
from crisis.simulated.sinks.http import Answer, HttpAct
from crisis.simulated.sinks.smtp_script import ANYONE, Fault
from crisis.simulated.sinks.smtp_script import Act as MailAct
from crisis.simulated.sinks.smtp_script import Stage as MailStage

# An attempt is given up after so long, so that an answer after 6 s comes too late.
GIVES_UP_S = 4.0
# The house's clock runs so fast: "again in a minute" is a second.
SCALE = 60
EACH = 3
LASTS_S = 3.0
SETTLES_WITHIN = 200.0
_SOURCE = (
    "the provider refuses, hangs, drops after DATA, answers 429/500/200-after-6-s,"
    " one byte a second"
)


def _kind(name: str, words: str, holds: str, source: str = _SOURCE) -> Kind:
    return Kind(id=name, words=words, holds=holds, source=source)


_AGAIN = "tried again until it goes out; nothing is repeated"
_DOUBT = "shown as unknown, asked again, marked"

REFUSES = _kind("provider-refuses", "nobody listens at the provider's port", _AGAIN)
HANGS = _kind("provider-hangs", "the web service reads the message and never answers", _DOUBT)
DROPS = _kind("provider-drops", "the web service reads the message and hangs up", _DOUBT)
BUSY = _kind("provider-429", "the web service answers 429 with Retry-After", _AGAIN)
FAILS = _kind("provider-500", "the web service answers 500", _AGAIN)
LATE = _kind("provider-200-after-6-s", "200 after 6 s, when the attempt was given up", _DOUBT)
TRICKLES = _kind("provider-one-byte-a-second", "the web service answers byte by byte", _DOUBT)
MAIL_DROPS = _kind("mail-drops-after-data", "the relay takes the text and hangs up", _DOUBT)
MAIL_HANGS = _kind("mail-hangs-after-data", "the relay takes the text and falls silent", _DOUBT)
MAIL_BUSY = _kind("mail-451", "the relay says 451 to the recipient", _AGAIN)
MAIL_TRICKLES = _kind("mail-one-byte-a-second", "the relay greets byte by byte", _AGAIN)
DNS = _kind(
    "dns-fails",
    "the provider's name does not resolve (`.invalid`)",
    "the next channel at once",
    source="DNS fails",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One kind with the region it meets, and how it is brought about and lifted."""

    kind: Kind
    region: str
    begin: Callable[[House], None] = lambda _house: None
    lift: Callable[[House], None] = lambda _house: None


def _web(answer: Answer | None) -> Callable[[House], None]:
    def script(house: House) -> None:
        for who in partners(WEB_ONLY, EACH):
            house.web.script(f"/{who}", answer)

    return script


def _mail(fault: Fault | None) -> Callable[[House], None]:
    def script(house: House) -> None:
        house.mails.script(ANYONE, fault)
        house.mails.drop_connections()

    return script


def _on_web(kind: Kind, answer: Answer) -> Trouble:
    def lift(house: House) -> None:
        _web(None)(house)
        house.web.drop_connections()

    return Trouble(kind=kind, region=WEB_ONLY, begin=_web(answer), lift=lift)


def _on_mail(kind: Kind, fault: Fault) -> Trouble:
    return Trouble(kind=kind, region=MAIL_ONLY, begin=_mail(fault), lift=_mail(None))


def _open_door(house: House) -> None:
    """Let somebody listen where nobody did; twice does no harm."""
    if house.extra:
        return
    late = WebProvider(port=house.closed_port)
    late.start()
    house.extra.append(late)


_SECOND = 1.0
TROUBLES = (
    Trouble(kind=REFUSES, region=CLOSED, lift=_open_door),
    _on_web(HANGS, Answer(act=HttpAct.HANG)),
    _on_web(DROPS, Answer(act=HttpAct.DROP)),
    _on_web(BUSY, Answer(status=429, headers=(("Retry-After", "2"),))),
    _on_web(FAILS, Answer(status=500)),
    Trouble(kind=LATE, region=SLOW, lift=lambda house: house.slow.hurry()),
    _on_web(TRICKLES, Answer(act=HttpAct.TRICKLE_HEAD, every_s=_SECOND)),
    _on_mail(MAIL_DROPS, Fault(at=MailStage.BODY, act=MailAct.DROP)),
    _on_mail(MAIL_HANGS, Fault(at=MailStage.BODY, act=MailAct.HANG)),
    _on_mail(MAIL_BUSY, Fault(at=MailStage.RCPT, reply="451 4.7.1 come back later")),
    _on_mail(MAIL_TRICKLES, Fault(at=MailStage.CONNECT, act=MailAct.TRICKLE, every_s=_SECOND)),
    Trouble(kind=DNS, region=NO_NAME),
)


def way_out(stage: Stage) -> Iterator[Tally]:
    """Bring each trouble about, open an incident into it, lift it, and judge."""
    counts = dict.fromkeys((WEB_ONLY, MAIL_ONLY, NO_NAME, CLOSED, SLOW), EACH)
    more: dict[str, object] = {
        "clock_scale": float(SCALE),
        "send_time_limit_s": GIVES_UP_S,
        "prefect_patience_s": 3.0,
    }
    address = stage.address("way_out")
    with House(stage.folder / "way-out", address, counts=counts, more=more) as house:
        house.start("prefect", "engine", "web")
        wait_until(house.page_answers, within=UP_WITHIN, what="the pages answer")
        found = [
            _try(stage, house, trouble) for trouble in TROUBLES if trouble.kind.id in stage.wanted
        ]
        intact = house.log_is_intact()
        yield from (each if intact else each.but("the log is damaged") for each in found)


def _try(stage: Stage, house: House, trouble: Trouble) -> Tally:
    tally = Tally(kind=trouble.kind.id, database=stage.database)
    if not stage.has_time:
        return replace(tally, skipped="no time was left")
    try:
        trouble.begin(house)
        incident = house.open_incident(PATIENT, trouble.region)
        wait_until(
            lambda: house.ledger.counts(incident)[1] > 0,
            within=UP_WITHIN,
            what="a first attempt has failed",
        )
        pause(stage.dice.uniform(0, LASTS_S))
        trouble.lift(house)
        lifted = time.monotonic()
        late = house.wait_settled([incident], within=SETTLES_WITHIN)
        tally = tally.hit(kills=0, recovery_s=time.monotonic() - lifted)
        tally = tally.with_verdict(house.verdict(incident))
    except TooLateError as error:
        trouble.lift(house)
        return tally.but(str(error))
    return tally.but(late) if late else tally


ACT = Act(name="way-out", kinds=tuple(each.kind for each in TROUBLES), play=way_out)
