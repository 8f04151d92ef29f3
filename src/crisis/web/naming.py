"""Ids become names here: partners, contacts, steps, attributes, regions, channels."""

from crisis.core import region
from crisis.core.condition import Value
from crisis.core.contact import ChannelKind, holders
from crisis.core.event import TaskKind, TaskRaised
from crisis.core.incident import Incident
from crisis.core.value_words import KIND, attribute_label, value_text
from crisis.web.labels import CHANNELS, NEEDS, TASKS, UNTOLD
from crisis.web.texts import Texts


class Names:
    """The names within one incident, in one language; an unknown id reads as itself."""

    def __init__(self, incident: Incident, say: Texts) -> None:
        self._incident = incident
        self._say = say
        self._partners = {one.id: one for one in incident.opened.directory.partners}
        self._kinds = {
            channel.id: channel.kind
            for contact in incident.opened.directory.contacts.values()
            for channel in contact.channels
        }

    def partner(self, partner_id: str) -> str:
        """Return a partner's name."""
        partner = self._partners.get(partner_id)
        return partner_id if partner is None else self._say.words(partner.name)

    def contact(self, contact_id: str) -> str:
        """Return the title of a function."""
        contact = self._incident.opened.directory.contacts.get(contact_id)
        return contact_id if contact is None else self._say.words(contact.title)

    def step(self, step_id: str) -> str:
        """Return a step's id and title."""
        step = self._incident.step_by_id.get(step_id)
        return step_id if step is None else f"{step_id} {self._say.words(step.title)}"

    def attribute(self, attribute_id: str) -> str:
        """Return what an attribute is called."""
        return self._say.words(attribute_label(self._incident.playbook, attribute_id))

    def occasion(self, occasion_id: str) -> str:
        """Return what an occasion is called; its id where the playbook has no words for it."""
        known = (one for one in self._incident.playbook.occasions if one.id == occasion_id)
        return next((self._say.words(one.title) for one in known), "") or occasion_id

    def scope(self, scope_id: str) -> str:
        """Return what a consent is about."""
        scopes = (
            s for step in self._incident.playbook.steps if step.gate for s in step.gate.scopes
        )
        known = {scope.id: self._say.words(scope.label) for scope in scopes}
        return known.get(scope_id, scope_id)

    def value(self, attribute_id: str, value: Value) -> str:
        """Return an attribute's value as people read it."""
        playbook, language = self._incident.playbook, self._say.language
        return value_text(playbook, attribute_id, value, language=language)

    def source(self, source: str) -> str:
        """Return where a fact came from: the opening, a step and partner, or a person's words."""
        if source == "opening":
            return self._say("Eröffnung")
        step, _, partner = source.partition("/")
        if step in self._incident.step_by_id and partner in self._partners:
            return f"{self.step(step)}, {self.partner(partner)}"
        return source

    def subject(self, raised: TaskRaised) -> str:
        """Return what a task is about, beyond its step and partner; a call has no subject."""
        match raised.task_kind:
            case TaskKind.GUARD:
                return self._question(raised.step, raised.subject)
            case TaskKind.QUESTION:
                return self.attribute(raised.subject)
            case TaskKind.PHONE:
                return ""
            case TaskKind.NEED:
                return self._need(raised.subject)
            case TaskKind.GAP if raised.subject == "members":
                return self._say("keine Mitglieder im Verzeichnis")
            case _:
                return raised.subject

    def about(self, raised: TaskRaised) -> str:
        """Return step, partner and subject of a task, as far as it has them."""
        parts = (
            self.step(raised.step) if raised.step else "",
            self.partner(raised.partner) if raised.partner else "",
            self.subject(raised),
        )
        return ", ".join(part for part in parts if part)

    def task_kind(self, raised: TaskRaised) -> str:
        """Return what kind of task it is; who was only to be told has not failed to answer."""
        step = self._incident.step_by_id.get(raised.step)
        tells = step is not None and step.expect.kind == "nothing"
        if tells and raised.task_kind is TaskKind.OTHER_WAY:
            return self._say(UNTOLD)
        return self._say(TASKS[raised.task_kind])

    def task(self, task_id: str) -> str:
        """Return what kind of task an id names, and what it is about."""
        task = self._incident.tasks.get(task_id)
        if task is None:
            return task_id
        about = self.about(task.raised)
        title = self.task_kind(task.raised)
        return f"{title} ({about})" if about else title

    def _need(self, subject: str) -> str:
        group, _, rest = subject.partition("/")
        _, words = NEEDS["group"]
        named = self._say(words[group]) if group in words else group
        return ", ".join(part for part in (named, *rest.split("/")) if part)

    def _question(self, step_id: str, field_id: str) -> str:
        step = self._incident.step_by_id[step_id]
        form = getattr(step.expect, "form", "")
        labels = {
            field.id: self._say.words(field.label)
            for one in self._incident.playbook.forms
            if one.id == form
            for field in one.fields
        }
        return labels.get(field_id, field_id)

    def channel(self, channel_id: str) -> str:
        """Return what kind of way a channel is; never its address."""
        kind = self._kinds.get(channel_id)
        return channel_id if kind is None else self.channel_kind(kind)

    def channel_kind(self, kind: ChannelKind) -> str:
        """Return the word for a kind of channel."""
        return self._say(CHANNELS[kind])

    def option(self, step_id: str, option_id: str) -> str:
        """Return the label of a decision's option."""
        step = self._incident.step_by_id.get(step_id)
        options = () if step is None else getattr(step.expect, "options", ())
        labels = {one.id: self._say.words(one.label) for one in options}
        return labels.get(option_id, option_id)

    def hands_over(self, step_id: str) -> bool:
        """Return whether a step hands the lead over."""
        return step_id in self._incident.offers

    def confirms(self, step_id: str) -> bool:
        """Return whether a step is confirmed rather than taken over: by two sides, or as read."""
        step = self._incident.step_by_id.get(step_id)
        if step is None:
            return False
        return step.expect.kind == "both_confirm" or step.bulletin is not None

    def lead(self) -> str:
        """Return who leads: after a hand-over with its function, else who holds the role here."""
        if self._incident.leads:
            post = self._incident.leads[-1]
            return f"{self.partner(post.partner)}, {self.contact(post.contact)}"
        role = self._incident.playbook.lead.role
        found = holders(self._incident.opened.directory, role, region=self._incident.opened.region)
        return ", ".join(self._say.words(one.name) for one in found) or role

    def district(self) -> str:
        """Return the name of the incident's region."""
        return region.name_of(self._incident.opened.region)

    def kind(self) -> str:
        """Return what kind of event it is: the attribute, or what the playbook is for."""
        held = self._incident.attributes.get(KIND)
        if held is None:
            return self._say.words(self._incident.playbook.title)
        return self.value(KIND, held)
