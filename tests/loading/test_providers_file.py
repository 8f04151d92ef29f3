"""The file of providers: read with places, all mistakes at once, no secret shown."""

from pathlib import Path

import pytest

from crisis.core.limit import limits_of
from crisis.loading.problem import InvalidFilesError
from crisis.loading.providers_file import Provider, load_providers

GOOD = """\
mail:
  - id: relay-a
    url: mailtos://lage:${RELAY_PASSWORD}@relay-a.example:587/?from=lage@lage.example
    limits: [600/minute, 5000/hour]
  - {id: relay-b, url: "${RELAY_B}", order: 2, regions: [polizei.example]}
sms:
  - id: gateway-a
    url: https://sms-a.example/send
    token: ${SMS_TOKEN}
    regions: ["+49", "+420"]
    to_field: recipient
http:
  - {id: alarm-gateway, limits: [10/minute]}
"""
ENVIRONMENT = {
    "RELAY_PASSWORD": "geheim@1/2",
    "RELAY_B": "mailto://127.0.0.1:25/?from=lage@lage.example",
    "SMS_TOKEN": "geheim",
}


def read(tmp_path: Path, text: str) -> tuple[Provider, ...]:
    file = tmp_path / "providers.yaml"
    file.write_text(text, encoding="utf-8")
    return load_providers(file, shown_as="providers.yaml", environment=ENVIRONMENT)


def refused(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InvalidFilesError) as error:
        read(tmp_path, text)
    return str(error.value).splitlines()


def test_providers_are_read_with_their_variables_filled_in(tmp_path: Path) -> None:
    relay_a, relay_b, gateway, service = read(tmp_path, GOOD)

    assert relay_a == Provider(
        id="relay-a",
        kind="mail",
        limits=limits_of("600/minute, 5000/hour"),
        # A password may hold any sign; in a URL it is quoted.
        url="mailtos://lage:geheim%401%2F2@relay-a.example:587/?from=lage@lage.example",
    )
    assert (relay_b.url, relay_b.order) == (ENVIRONMENT["RELAY_B"], 2)
    assert relay_b.regions == ("polizei.example",)
    assert (gateway.token, gateway.regions) == ("geheim", ("+49", "+420"))
    assert gateway.gateway == {
        "token_header": "Authorization",
        "token_prefix": "Bearer ",
        "form": "json",
        "to_field": "recipient",
        "text_field": "text",
        "sender_field": "from",
        "sender": "",
        "id_field": "",
    }
    assert service == Provider(id="alarm-gateway", kind="http", limits=limits_of("10/minute"))


def test_providers_show_no_secret(tmp_path: Path) -> None:
    assert "geheim" not in repr(read(tmp_path, GOOD))


def test_providers_mistakes_come_all_at_once_with_place_and_cure(tmp_path: Path) -> None:
    text = """\
mail:
  - id: a
    url: mailtos://lage:${NOBODY}@relay.example
    limits: [0/minute, many]
  - {id: a, url: "mailtos://other:x@relay.example", regions: ["+49"]}
  - {id: b, url: "MAILTO://lage@Relay.example", order: 3}
  - {id: c, url: "mailtos://relay.example/?to=cy@cy.example"}
sms:
  - {id: d, url: "ftp://sms.example", regions: [cy.example]}
  - {id: e, url: "https://sms.example:port"}
  - {id: f, url: "https://sms.example/a", limits: [-3/hour]}
  - {id: g, url: "https://SMS.example/a/", order: 2}
"""
    assert refused(tmp_path, text) == [
        "providers.yaml:3:10: PV004 the variable `NOBODY` is not set",
        "  = help: set NOBODY in the environment or in .env",
        "providers.yaml:4:14: PV003 `0/minute` would let nothing through",
        "  = help: to do without a limit write `off`, to switch a provider off, leave it out",
        "providers.yaml:4:24: PV003 `many` is not a limit",
        "  = help: write it like `6/minute` or `5/15 minutes`",
        "providers.yaml:5:10: PV001 provider `a` is described twice",
        "  = help: it already stands in line 2; give this one an id of its own",
        "providers.yaml:5:63: PV006 `+49` is not a region",
        "  = help: write a domain such as partner.example, or `*`",
        "providers.yaml:6:18: PV002 `b` has the same address as the provider in line 3",
        "  = help: a second provider is there for when the first one fails; leave one out",
        "providers.yaml:7:18: PV005 a relay's URL names no recipient",
        "  = help: write it like mailtos://user:${PASSWORD}@relay.example:587",
        "providers.yaml:9:18: PV005 this is not the URL of such a provider",
        "  = help: write it like https://gateway.example/sms",
        "providers.yaml:9:49: PV006 `cy.example` is not a region",
        "  = help: write the beginning of a number such as +49, or `*`",
        "providers.yaml:10:18: PV005 this is not the URL of such a provider",
        "  = help: write it like https://gateway.example/sms",
        "providers.yaml:11:52: PV003 `-3/hour` would let nothing through",
        "  = help: to do without a limit write `off`, to switch a provider off, leave it out",
        "providers.yaml:12:18: PV002 `g` has the same address as the provider in line 11",
        "  = help: a second provider is there for when the first one fails; leave one out",
        "12 mistakes in 1 file. `crisis playbook explain PV004` says more.",
    ]


def test_providers_file_with_wrong_shape_or_none_at_all_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "mail:\n  - {id: a, uri: x}\n")[0] == (
        "providers.yaml:2:5: SH002 missing key `url` in `mail[0]`"
    )
    with pytest.raises(InvalidFilesError, match=r"providers\.yaml:1:1: YA001"):
        load_providers(tmp_path / "none.yaml", shown_as="providers.yaml", environment={})


def test_providers_file_may_be_without_sections(tmp_path: Path) -> None:
    assert read(tmp_path, "http: []\n") == ()
