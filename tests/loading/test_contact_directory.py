"""The folder becomes a directory without addresses, and a book of them."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from crisis.core.availability import Hours, Office, RoundTheClock
from crisis.core.contact import (
    Channel,
    ChannelKind,
    Contact,
    Partner,
    Tlp,
)
from crisis.core.words import Words
from crisis.loading.contact_directory import load_directory
from crisis.loading.problem import Problem, Strength

ROOT = Path(__file__).parents[2]
FRIDAY_EVENING = datetime(2026, 12, 18, 18, 41, tzinfo=UTC)

SMALL = """
organisations:
  - id: relief
    name: {de: Hilfe, en: Relief}
units:
  - id: relief-dresden
    organisation: relief
    name: {de: Hilfe Dresden, en: Relief Dresden}
    roles: [OHS]
    regions: ["14612", "14627"]
    competences: [beratung.opferhilfe]
    must_not: [therapie.trauma_akut]
    contact: duty
functions:
  - id: duty
    title: {de: Dienst, en: Duty}
    deputy: deputy
    superior: deputy
    language: en
    availability: {office: "14", hours: "08:00-24:00"}
    channels:
      - {kind: email, address: duty@relief.example, encrypted: true, max_tlp: amber+strict,
         provider: mail-a, verified_on: 2026-11-02}
      - {kind: sms, address: 0152 28817386, out_of_hours: true, verified_on: 2026-11-02}
      - {kind: phone-by-hand, address: 030 23125 100, verified_on: 2026-11-02,
         hours: {hours: "07:00-22:00", days: [su, mo]}}
      - {kind: portal}
  - id: deputy
    title: {de: Vertretung, en: Deputy}
    availability: round-the-clock
    channels:
      - {kind: http, id: bell, address: "json://alarm.relief.example/", verified_on: 2026-11-02}
"""


def test_folder_becomes_partners_contacts_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")

    directory, book, problems = load_directory(tmp_path, around=FRIDAY_EVENING)

    office = Office(land="14", opens=time(8), closes=time.max)
    assert problems == ()
    assert directory.partners == (
        Partner(
            id="relief-dresden",
            organisation="relief",
            name=Words(de="Hilfe Dresden", en="Relief Dresden"),
            regions=("14612", "14627"),
            roles=("OHS",),
            contact="duty",
            competences=("beratung.opferhilfe",),
            must_not=("therapie.trauma_akut",),
        ),
    )
    assert directory.contacts == {
        "deputy": Contact(
            id="deputy",
            title=Words(de="Vertretung", en="Deputy"),
            availability=RoundTheClock(),
            channels=(
                Channel(
                    id="bell",
                    kind=ChannelKind.HTTP,
                    hours=RoundTheClock(),
                    verified_on=date(2026, 11, 2),
                ),
            ),
        ),
        "duty": Contact(
            id="duty",
            title=Words(de="Dienst", en="Duty"),
            availability=office,
            deputy="deputy",
            superior="deputy",
            language="en",
            channels=(
                Channel(
                    id="duty-email",
                    kind=ChannelKind.EMAIL,
                    hours=office,
                    max_tlp=Tlp.AMBER_STRICT,
                    encrypted=True,
                    provider="mail-a",
                    verified_on=date(2026, 11, 2),
                ),
                Channel(
                    id="duty-sms",
                    kind=ChannelKind.SMS,
                    hours=RoundTheClock(),
                    out_of_hours=True,
                    verified_on=date(2026, 11, 2),
                ),
                Channel(
                    id="duty-phone-by-hand",
                    kind=ChannelKind.PHONE_BY_HAND,
                    hours=Hours(weekdays=(0, 6), opens=time(7), closes=time(22)),
                    max_tlp=Tlp.RED,
                    verified_on=date(2026, 11, 2),
                ),
                Channel(
                    id="duty-portal",
                    kind=ChannelKind.PORTAL,
                    hours=office,
                    max_tlp=Tlp.AMBER_STRICT,
                    encrypted=True,
                    provider="crisis",
                ),
            ),
        ),
    }
    assert {
        channel: (book.kind(channel), book.address(channel)) for channel in CHANNELS
    } == CHANNELS


CHANNELS = {
    "duty-email": (ChannelKind.EMAIL, "duty@relief.example"),
    "duty-sms": (ChannelKind.SMS, "+4915228817386"),
    "duty-phone-by-hand": (ChannelKind.PHONE_BY_HAND, "+493023125100"),
    "duty-portal": (ChannelKind.PORTAL, ""),
    "bell": (ChannelKind.HTTP, "json://alarm.relief.example/"),
}


def test_examples_never_stand_beside_real_contacts(tmp_path: Path) -> None:
    for folder, partner in (("example", "made-up"), ("local", "real")):
        (tmp_path / folder).mkdir()
        written = SMALL.replace("relief-dresden", partner)
        (tmp_path / folder / "contacts.yaml").write_text(written, encoding="utf-8")

    together, _, problems = load_directory(tmp_path, around=FRIDAY_EVENING)
    (tmp_path / "local" / "contacts.yaml").unlink()
    alone, _, _ = load_directory(tmp_path, around=FRIDAY_EVENING)

    assert problems == ()
    assert [partner.id for partner in together.partners] == ["real"]
    assert [partner.id for partner in alone.partners] == ["made-up"]


def test_directory_stays_whole_when_an_entry_is_broken(tmp_path: Path) -> None:
    broken = SMALL.replace("title: {de: Vertretung, en: Deputy}", "title: Vertretung")
    (tmp_path / "small.yaml").write_text(broken, encoding="utf-8")

    directory, _, problems = load_directory(tmp_path, around=FRIDAY_EVENING)

    assert [(one.code, one.strength) for one in problems] == [("SH003", Strength.ERROR)]
    duty = directory.contacts["duty"]
    assert (sorted(directory.contacts), duty.deputy, duty.superior) == (["duty"], None, None)


def test_old_verification_is_only_a_notice(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")

    _, _, problems = load_directory(tmp_path, around=datetime(2027, 2, 1, tzinfo=UTC))

    assert {(one.code, one.strength, one.message) for one in problems} == {
        ("CT017", Strength.NOTICE, "this channel was last verified 91 days ago")
    }
    assert all(isinstance(one, Problem) for one in problems)


def test_an_organisation_ends_with_the_day_in_germany(tmp_path: Path) -> None:
    ended = SMALL.replace("  - id: relief\n", "  - id: relief\n    ended_on: 2026-12-19\n", 1)
    (tmp_path / "small.yaml").write_text(ended, encoding="utf-8")
    before_midnight = datetime(2026, 12, 18, 22, 59, tzinfo=UTC)

    _, _, before = load_directory(tmp_path, around=before_midnight)
    _, _, after = load_directory(tmp_path, around=before_midnight + timedelta(minutes=1))

    assert [problem.code for problem in before] == []
    assert [problem.code for problem in after] == ["CT028"]


def test_partner_in_the_readme_is_sound(tmp_path: Path) -> None:
    readme = (ROOT / "contacts" / "README.md").read_text(encoding="utf-8")
    (tmp_path / "readme.yaml").write_text(
        readme.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8"
    )

    directory, _, problems = load_directory(tmp_path, around=FRIDAY_EVENING)

    # The hub, deputy and superior are left to the reader.
    assert [problem.code for problem in problems] == ["CT030", "CT003", "CT003"]
    assert [partner.id for partner in directory.partners] == ["opferhilfe-dresden"]
