"""The sinks themselves, asked by the standard library's clients."""

import http.client
import json
import smtplib
from pathlib import Path

import pytest

from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink

MAIL = "Subject: Lage\r\n\r\n.Punkt am Anfang\r\n..zwei\r\n"


def test_smtp_sink_keeps_mail_in_memory_and_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    with SmtpSink(folder=folder) as sink, smtplib.SMTP(sink.host, sink.port) as client:
        for number in range(2):
            client.sendmail(
                "a@lage.example", ["bo@cy.example", "cy@cy.example"], f"{MAIL}{number}"
            )
        (first, second) = sink.wait_for(2, within=60)
    assert first.recipients == second.recipients == ("bo@cy.example", "cy@cy.example")
    assert first.data.decode() == f"{MAIL}0\r\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "000001.eml": first.data,
        "000002.eml": second.data,
    }


def test_smtp_sink_takes_an_empty_and_a_dotted_text() -> None:
    with SmtpSink() as sink, smtplib.SMTP(sink.host, sink.port) as client:
        for text in ("", ".x\r\n"):
            client.sendmail("a@lage.example", ["cy@cy.example"], text)
        assert [mail.data for mail in sink.mails] == [b"\r\n", b".x\r\n"]


def test_smtp_sink_answers_what_it_does_not_know() -> None:
    with SmtpSink() as sink, smtplib.SMTP(sink.host, sink.port) as client:
        assert client.docmd("NOOP") == (250, b"ok")
        assert client.docmd("EXPN", "list")[0] == 502
        assert client.docmd("STARTTLS")[0] == 502
        assert client.docmd("DATA")[0] == 503


def test_smtp_sink_demands_what_it_was_told_to() -> None:
    with (
        SmtpSink(credentials=("lage", "geheim")) as sink,
        smtplib.SMTP(sink.host, sink.port) as client,
    ):
        client.ehlo("[127.0.0.1]")
        assert client.docmd("MAIL", "FROM:<a@lage.example>")[0] == 530
        assert client.docmd("AUTH", "LOGIN")[0] == 535
        client.login("lage", "geheim")
        assert client.docmd("MAIL", "FROM:<a@lage.example>")[0] == 250


def test_sink_delays_every_answer() -> None:
    with SmtpSink(latency=0.05) as sink, smtplib.SMTP(sink.host, sink.port) as client:
        client.sendmail("a@lage.example", ["cy@cy.example"], MAIL)
        assert len(sink.mails) == 1


def test_http_sink_keeps_posts_in_memory_and_in_its_journal(tmp_path: Path) -> None:
    journal = tmp_path / "posts" / "posts.jsonl"
    with HttpSink(journal=journal, latency=0.01) as sink:
        client = http.client.HTTPConnection(sink.host, sink.port)
        for path in ("/a", "/b"):
            client.request("POST", path, body="ü".encode())
            assert client.getresponse().read() == b'{"ok": true}'
        client.close()
        posts = sink.wait_for(2, within=60)
    assert [(post.path, post.body) for post in posts] == [("/a", "ü"), ("/b", "ü")]
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert [(line["path"], line["body"]) for line in lines] == [("/a", "ü"), ("/b", "ü")]


def test_sink_says_when_its_port_is_taken() -> None:
    with HttpSink() as sink, pytest.raises(OSError, match="address already in use"):
        HttpSink(port=sink.port).start()


def test_sink_stops_twice_and_before_it_started() -> None:
    sink = SmtpSink()
    sink.stop()
    sink.start()
    sink.stop()
    sink.stop()
