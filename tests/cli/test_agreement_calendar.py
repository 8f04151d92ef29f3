"""The dates that partners share, as a file that calendars take in."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from tests.cli.desk import CommandLine

ROOT = Path(__file__).parents[2]
SHIPPED = {
    "CRISIS_PLAYBOOKS_DIR": str(ROOT / "playbooks"),
    "CRISIS_CONTACTS_DIR": str(ROOT / "contacts" / "example"),
}
BERLIN = ZoneInfo("Europe/Berlin")


def test_action_day_comes_back_every_two_years_at_its_local_hour(ada: CommandLine) -> None:
    file = ada.folder / "dates.ics"

    result = ada.run("agreement", "calendar", "--out", str(file), **SHIPPED)

    assert result.exit_code == 0, result.output
    calendar = icalendar.Calendar.from_ical(file.read_text(encoding="utf-8"))
    found = recurring_ical_events.of(calendar).between(date(2027, 1, 1), date(2032, 1, 1))
    days = [
        event["DTSTART"].dt.astimezone(BERLIN)
        for event in found
        if event["UID"] == "nw-cooperation-N02@crisis.example"
    ]
    assert sorted(days) == [datetime(year, 5, 3, 9, tzinfo=BERLIN) for year in (2027, 2029, 2031)]


def test_file_holds_one_line_for_each_fact_and_no_person(ada: CommandLine) -> None:
    path = ada.folder / "playbooks" / "alarm.yaml"
    text = path.read_text().replace(
        "        start: T0\n",
        "        start: T0\n"
        '        repeat: {rule: FREQ=MONTHLY;INTERVAL=3, from: 2027-01-12, at: "09:00"}\n',
        1,
    )
    path.write_text(text)
    file = ada.folder / "dates.ics"

    told = ada.screen("agreement", "calendar", "--out", str(file), "--language", "en")

    assert told == f"{file}: 1 series and 1 single days.\n"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[lines.index("BEGIN:VEVENT") : lines.index("END:VCALENDAR")] == [
        "BEGIN:VEVENT",
        "SUMMARY:Duty desk takes over",
        "DTSTART;TZID=Europe/Berlin:20270112T090000",
        "DTEND;TZID=Europe/Berlin:20270112T100000",
        "DTSTAMP:20261218T182000Z",
        "UID:alarm-S1@crisis.example",
        "RRULE:FREQ=MONTHLY;INTERVAL=3",
        "CATEGORIES:OB-L",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:Review of the playbook: Alarm",
        "DTSTART;VALUE=DATE:20991130",
        "DTSTAMP:20261218T182000Z",
        "UID:review-alarm@crisis.example",
        "CATEGORIES:OB-L",
        "END:VEVENT",
    ]


def test_scripts_read_what_was_written(ada: CommandLine) -> None:
    file = ada.folder / "dates.ics"

    shown = ada.read("agreement", "calendar", "--out", str(file))

    assert shown == {
        "file": str(file),
        "dates": [
            {
                "id": "review/alarm",
                "title": "Prüfung des Ablaufplans: Alarm",
                "roles": ["OB-L"],
                "starts_at": None,
                "day": "2099-11-30",
                "rule": "",
            }
        ],
    }
