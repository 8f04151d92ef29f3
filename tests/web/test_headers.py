"""What every answer carries."""

import re

import pytest
from starlette.testclient import TestClient

from crisis.web.headers import HEADERS
from crisis.web.pages import HERE
from crisis.web.report_policy import policy_for
from tests.web.staged import Stage

INLINE = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|https?://|javascript:")


@pytest.mark.parametrize("path", ["/", "/p/unknown", "/healthz", "/metrics", "/api/v1/incidents"])
def test_answer_carries_every_header(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "server" not in answer.headers


def test_style_sheet_may_be_kept_and_the_rest_may_not(stage: Stage, client: TestClient) -> None:
    sheet = client.get("/static/crisis.css")
    page = client.get(f"/p/{stage.token('A10', 'cy')}")

    assert (sheet.status_code, sheet.headers["cache-control"]) == (200, "public, max-age=3600")
    assert page.headers["cache-control"] == "no-store"


def test_pages_hold_nothing_inline_and_nothing_foreign() -> None:
    found = {
        file.name: INLINE.findall(file.read_text(encoding="utf-8"))
        for file in sorted((HERE / "templates").iterdir())
    }

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) >= 9


def test_report_policy_allows_its_own_styles_only() -> None:
    page = "<style>a</style><p><svg><style>b</style></svg>"

    assert policy_for(page) == (
        "default-src 'none'; "
        "style-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' "
        "'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert "style-src 'none'" in policy_for("<p>")
