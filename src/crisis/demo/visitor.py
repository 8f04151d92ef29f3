"""Somebody with a browser: opens a partner's link or the duty officer's pages, and acts."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx

from crisis.demo.web_form import WebForm, forms_in

TIME_LIMIT = 60.0


class Visitor:
    """
    Reads pages and presses their buttons, over real HTTP.

    Raises:
        VisitError: a page does not offer what a person would look for.
    """

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=TIME_LIMIT, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def sign_in(self, who: str, password: str) -> None:
        """Sign in at the board."""
        self._post("/", {"who": who, "password": password})

    def press(
        self, path: str, button: str, wanted: Mapping[str, str], *, given: bool = False
    ) -> int:
        """
        Open a page, fill in the form that has this button, press it; return the status.

        Of several such forms it is the one that already holds what is wanted. `given`:
        nothing is filled in but what is wanted. 409 is an answer too: somebody was faster.
        """
        page = self._client.get(path)
        form = _form_with(page.text, button, wanted)
        filled = wanted if given else form.answered(wanted)
        answer = self._client.post(
            form.action or path,
            data=form.filled(button, filled),
            headers={"Origin": str(self._client.base_url).rstrip("/")},
        )
        return _accepted(answer)

    def buttons(self, path: str) -> tuple[str, ...]:
        """Return the buttons a page offers."""
        page = self._client.get(path)
        return tuple(button for form in forms_in(page.text) for button in form.buttons)

    def read(self, path: str) -> str:
        """Return what stands on a page, whatever its status."""
        return self._client.get(path).text

    def report_call(self, incident: str, task: str, result: str) -> int:
        """Enter the result of a telephone call on the incident's page."""
        return self._post(
            f"/incidents/{incident}/tasks/{quote(task, safe='')}", {"result": result}
        )

    def _post(self, path: str, data: Mapping[str, str]) -> int:
        origin = {"Origin": str(self._client.base_url).rstrip("/")}
        return _accepted(self._client.post(path, data=dict(data), headers=origin))


class VisitError(RuntimeError):
    """A page did not offer what a person would look for there."""


def _form_with(html: str, button: str, wanted: Mapping[str, str]) -> WebForm:
    for form in forms_in(html):
        if button in form.buttons and form.suits(wanted):
            return form
    message = f"the page has no button {button!r}"
    raise VisitError(message)


def _accepted(answer: httpx.Response) -> int:
    if answer.status_code not in {httpx.codes.OK, httpx.codes.CONFLICT}:
        # The path may hold a token, so it is not repeated here.
        message = f"the house answered {answer.status_code}"
        raise VisitError(message)
    return answer.status_code
