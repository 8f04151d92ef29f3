"""
Plays an exercise: partners read what arrives, answer on their pages, and idle time is skipped.

The house runs in processes of its own; this one sees what people see (messages,
pages) and the log. It decides nothing for the house.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from threading import Event

from crisis.core.asked import Purpose
from crisis.core.availability import ZONE
from crisis.core.decide import form_of
from crisis.core.event import Mode, TaskKind, Via
from crisis.core.incident import Incident
from crisis.core.link import link_hash
from crisis.core.plan import plan
from crisis.core.timing import earliest
from crisis.demo.cast import Call, Reaction, dictated
from crisis.demo.script import Cue, Script
from crisis.demo.surroundings import Surroundings
from crisis.demo.visitor import Visitor
from crisis.errors import RefusedError, UnreachableError
from crisis.simulated.exercise_clock import ExerciseClock
from crisis.simulated.sinks.smtp_script import Mail
from crisis.usecases import answering
from crisis.usecases.answering import Reply
from crisis.usecases.opening import Opening, open_incident
from crisis.usecases.ports import LinkPlace
from crisis.usecases.reading import Desk

TOKEN = re.compile(r"/p/([A-Za-z0-9_-]{22})")
DUTY = "ada"
PAUSE = 0.05
# A real pause before a long leap, so that Prefect has written down what happened before it.
LEAP = timedelta(minutes=15)
# Nothing moved for this many real seconds: the house is stuck, and the demo must say so.
PATIENCE = 60.0

Say = Callable[[str], None]


def text_of(mail: Mail) -> str:
    """Return the plain text of a mail."""
    body = message_from_bytes(mail.data, policy=default).get_body(("plain",))
    return "" if body is None else str(body.get_content())


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that somebody will do at a moment of the exercise."""

    at: datetime
    number: int
    act: Callable[[], str]


@dataclass(slots=True, kw_only=True)
class Exercise:
    """
    One exercise on its way; `play` runs it to its end. Keeps the promises of `Scene`.

    `pages` are the tokens of the pages that partners were given, in the order in which
    they came.
    """

    script: Script
    around: Surroundings
    desk: Desk
    clock: ExerciseClock
    visitor: Visitor
    say: Say
    calm: Callable[[], bool]
    incident_id: str = ""
    due: list[Due] = field(default_factory=list)
    pages: dict[str, LinkPlace] = field(default_factory=dict)
    _mails: int = 0
    _posts: int = 0
    _seen: set[str] = field(default_factory=set)
    _lines: int = 0
    _stirs: int = 0

    def open(self) -> Incident:
        """Open the incident, as a duty officer would."""
        script = self.script
        incident = open_incident(
            self.desk,
            Opening(
                playbook=script.playbook,
                region=script.region,
                mode=Mode.EXERCISE,
                by=DUTY,
                attributes=script.attributes,
                occurred_at=script.occurred_at,
            ),
        )
        self.incident_id = incident.id
        for cue in script.cues:
            self._plan(incident.opened_at + cue.after, cue)
        return incident

    @property
    def incident(self) -> Incident:
        """The incident as it stands."""
        return self.desk.incidents.current(self.incident_id)

    def press_desk(self, place: str, button: str, wanted: Mapping[str, str]) -> None:
        """Press a button on a page of the duty officer, `place` below the incident's own."""
        self.visitor.press(f"/incidents/{self.incident_id}{place}", button, wanted, given=True)

    def press_page(self, step: str, partner: str, button: str, wanted: Mapping[str, str]) -> None:
        """Press a button on the page that a partner was given for a step."""
        self.visitor.press(self._page(step, partner), button, wanted, given=True)

    def desk_buttons(self, place: str) -> tuple[str, ...]:
        """Return the buttons on a page of the duty officer."""
        return self.visitor.buttons(f"/incidents/{self.incident_id}{place}")

    def _page(self, step: str, partner: str) -> str:
        found = (
            token
            for token, place in self.pages.items()
            if (place.step, place.partner) == (step, partner)
        )
        return f"/p/{next(found)}"

    def play(self, *, until: Callable[[Incident], bool]) -> Incident:
        """
        Run the exercise until `until` says that enough was seen, and return the incident.

        Raises:
            UnreachableError: the house no longer moves.
        """
        pause, idle = Event(), 0.0
        while True:
            before = (self._mails, self._posts, self._lines, self._stirs)
            self._look_around()
            incident = self.desk.incidents.current(self.incident_id)
            if self._act() or not self._is_quiet(incident):
                pause.wait(PAUSE)
            elif until(incident) or self._next_moment(incident) is None:
                return incident
            elif not self._leap(incident):
                pause.wait(PAUSE)
            after = (self._mails, self._posts, self._lines, self._stirs)
            idle = 0.0 if after != before else idle + PAUSE
            if idle > PATIENCE:
                message = f"nothing has moved for {PATIENCE:.0f} s; see {self.around.folder}"
                raise UnreachableError(message)

    def _look_around(self) -> None:
        """Read what has arrived since, and what lies on the desk."""
        mails, posts = self.around.mails.mails, self.around.posts.posts
        texts = [text_of(mail) for mail in mails[self._mails :]]
        texts.extend(post.body for post in posts[self._posts :])
        self._mails, self._posts = len(mails), len(posts)
        for text in texts:
            found = TOKEN.search(text)
            place = None if found is None else self.desk.house.log.find_link(link_hash(found[1]))
            if found is not None and place is not None and found[1] not in self._seen:
                self._seen.add(found[1])
                self.pages[found[1]] = place
                self._expect(place, found[1])
        for name, task in self.desk.incidents.current(self.incident_id).tasks.items():
            if name not in self._seen and task.raised.task_kind is TaskKind.PHONE:
                self._seen.add(name)
                self._expect_call(name)

    def _expect(self, place: LinkPlace, token: str) -> None:
        incident = self.desk.incidents.current(place.incident)
        obligation = incident.obligations.get((place.step, place.partner))
        if obligation is None:
            return
        if obligation.is_telling:
            return  # nobody answers what only tells
        asked = [a for a in obligation.attempts if a.purpose in {Purpose.ASK, Purpose.REPEAT}]
        if not any(attempt.contact == place.contact for attempt in asked):
            return
        reaction = self.script.cast.reaction_to(
            place.step,
            place.partner,
            first=asked[0].contact == place.contact,
            decides=incident.step_by_id[place.step].expect.kind == "decision",
        )
        if reaction is not None:
            self._later(reaction.after, lambda: self._visit(place, token, reaction))

    def _visit(self, place: LinkPlace, token: str, reaction: Reaction) -> str:
        path, done = f"/p/{token}", []
        for button in reaction.buttons:
            if button in self.visitor.buttons(path):
                self.visitor.press(path, button, reaction.wanted)
                done.append(button)
        self._hear_members(place, path)
        return f"{place.step} {place.partner}: {', '.join(done) or 'nothing left to do'}"

    def _hear_members(self, place: LinkPlace, path: str) -> None:
        """Let the members of a hub tell it by and by what it then enters on its page."""
        incident = self.desk.incidents.current(place.incident)
        cascade = incident.obligations[place.step, place.partner].cascade
        for member in () if cascade is None else cascade.silent:
            self._later(
                self.script.cast.member_answers(member),
                lambda member=member: self._enter(place.step, member, f"{path}/members/{member}"),  # type: ignore[misc]  # -- bound now
            )

    def _enter(self, step: str, member: str, path: str) -> str:
        done = [one for one in ("acknowledge", "answer") if one in self.visitor.buttons(path)]
        for button in done:
            self.visitor.press(path, button, {})
        return f"{step} {member}: entered by its hub, {', '.join(done) or 'nothing left to do'}"

    def _expect_call(self, name: str) -> None:
        raised = self.desk.incidents.current(self.incident_id).tasks[name].raised
        call = self.script.cast.call_about(raised.step, raised.contact, n=int(raised.subject))
        if call is not None:
            self._later(call.after, lambda: self._call(name, raised.step, call))

    def _call(self, name: str, step: str, call: Call) -> str:
        incident = self.desk.incidents.current(self.incident_id)
        task = incident.tasks[name]
        if task.done_at is None:
            self.visitor.report_call(self.incident_id, name, call.result)
        told = ""
        if call.result == "reached" and incident.step_by_id[step].expect.kind == "answer":
            told = self._write_down(step, task.raised.partner)
        return f"{step} {task.raised.partner}: called by hand, {call.result}{told}"

    def _write_down(self, step: str, partner: str) -> str:
        """Enter the answer that a partner gave on the telephone."""
        incident = self.desk.incidents.current(self.incident_id)
        if incident.obligations[step, partner].is_settled:
            return ""
        reply = Reply(incident=incident.id, step=step, partner=partner, by=DUTY, via=Via.PHONE)
        answering.answer(self.desk, reply, answers=dictated(form_of(incident, step)))
        return ", answer written down"

    def _plan(self, at: datetime, cue: Cue) -> None:
        self.due.append(Due(at=at, number=len(self.due), act=lambda: cue.act(self)))

    def _later(self, after: timedelta, act: Callable[[], str]) -> None:
        self._stirs += 1
        at = self.clock.now() + after
        self.due.append(Due(at=at, number=self._stirs, act=act))

    def _act(self) -> bool:
        """Let the next one act whose moment has come; return whether somebody did."""
        now = self.clock.now()
        ready = min(self.due, key=lambda due: (due.at, due.number), default=None)
        if ready is None or ready.at > now:
            return False
        self.due.remove(ready)
        self._lines += 1
        self.say(f"{now.astimezone(ZONE):%d.%m. %H:%M}  {ready.act()}")
        return True

    def _is_quiet(self, incident: Incident) -> bool:
        """Return whether the house has nothing to do at this moment, and nothing under way."""
        under_way = any(obligation.is_in_flight for obligation in incident.obligations.values())
        return not under_way and not plan(incident, now=self.clock.now()).due

    def _next_moment(self, incident: Incident) -> datetime | None:
        wake_at = plan(incident, now=self.clock.now()).wake_at
        return earliest(wake_at, *(due.at for due in self.due))

    def _leap(self, incident: Incident) -> bool:
        """Skip the time in which nothing would happen; return whether the clock was moved."""
        now, moment = self.clock.now(), self._next_moment(incident)
        if moment is None or moment <= now:
            return False
        if moment - now > LEAP and not self.calm():
            return False
        with suppress(RefusedError):  # on a busy machine it may have come by itself meanwhile
            self.clock.skip_to(moment)
        self._stirs += 1
        return True
