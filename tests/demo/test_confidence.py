"""Eve finds what was confided wherever it stands, and says in how many places she looked."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP

import httpx

from crisis.core.playbook import Playbook
from crisis.demo.confidence import Overheard, listen
from crisis.demo.saxony import SAXONY
from crisis.demo.script import Script
from crisis.demo.surroundings import Surroundings
from crisis.demo.visitor import Visitor
from crisis.settings import load_settings
from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink
from crisis.usecases.ports import LinkPlace
from crisis.web.app import create_app
from tests.web.conftest import listening
from tests.web.staged import PASSWORD, Stage, a_site, staged, staged_playbook

MARK = "Kranichzug"


def a_playbook(*, keeps: tuple[str, ...]) -> Playbook:
    plain = staged_playbook()
    [form] = plain.forms
    fields = tuple(
        replace(field, visible_to=keeps) if field.id == "remark" else field
        for field in form.fields
    )
    return replace(plain, forms=(replace(form, fields=fields),))


def a_script(keepers: frozenset[str]) -> Script:
    return replace(SAXONY, confided=MARK, keepers=keepers)


def pages_of(stage: Stage) -> dict[str, LinkPlace]:
    asked = (("A40", "cy"), ("A25", "pol"), ("A10", "ring"))
    return {
        stage.token(step, partner): LinkPlace(
            incident="i1", step=step, partner=partner, contact=partner
        )
        for step, partner in asked
    }


def overheard(stage: Stage, folder: Path, *, keepers: frozenset[str], mail: str = "") -> Overheard:
    """Let Cy answer with the mark, and Eve go everywhere."""
    (folder / "serve.log").write_text("up\n", encoding="utf-8")
    pages = pages_of(stage)
    with (
        listening(create_app(stage.desk, a_site(stage))) as address,
        SmtpSink() as mails,
        HttpSink() as posts,
        Visitor(address) as visitor,
    ):
        visitor.press(
            f"/p/{stage.token('A40', 'cy')}",
            "answer",
            {"f-room": "yes", "f-remark": MARK},
            given=True,
        )
        visitor.sign_in("ada", PASSWORD)
        if mail:
            _send(mail, port=mails.port)
            httpx.post(f"http://127.0.0.1:{posts.port}/sms", content=mail)
        around = Surroundings(
            folder=folder,
            settings=load_settings({"data_dir": folder}, env_file=None),
            mails=mails,
            posts=posts,
            password=PASSWORD,
        )
        incident = stage.desk.incidents.current("i1")
        return listen(around, visitor, incident, pages, a_script(keepers))


def _send(text: str, *, port: int) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@lage.example", "b@lage.example", "x"
    letter.set_content(text, cte="base64")
    with SMTP("127.0.0.1", port) as line:
        line.send_message(letter)


def test_what_is_kept_stands_on_its_own_page_alone(tmp_path: Path) -> None:
    stage = staged(playbook=a_playbook(keeps=("OHS",)))

    found = overheard(stage, tmp_path, keepers=frozenset({"OHS"}))

    # Two other partners' pages, ten of the desk and of programs, one log.
    assert found == Overheard(searched=13, leaks=(), kept=("page A40 cy cy",))


def test_what_is_not_kept_is_found(tmp_path: Path) -> None:
    stage = staged(playbook=a_playbook(keeps=()))
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "r.md").write_text(f"… {MARK} …", encoding="utf-8")

    found = overheard(stage, tmp_path, keepers=frozenset(), mail=f"Es heißt {MARK}.")

    assert found == Overheard(
        searched=17, leaks=("page A40 cy cy", "mail 1", "post 1", "file r.md"), kept=()
    )


def test_two_rounds_are_told_as_one() -> None:
    first = Overheard(searched=3, leaks=("mail 1",), kept=("page A",))

    told = first.and_then(Overheard(searched=4, leaks=("mail 1", "post 1"), kept=()))

    assert told == Overheard(searched=7, leaks=("mail 1", "post 1"), kept=("page A",))
