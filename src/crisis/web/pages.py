"""Pages from templates, in the reader's language."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from crisis.web.texts import Texts, choose_language, texts

HERE = Path(__file__).parent
STATIC = HERE / "static"
OTHER = {"de": ("en", "English"), "en": ("de", "Deutsch")}

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Notice(Exception):  # noqa: N818 -- a page to show, not every one of them an error
    """A plain page instead of the one that was asked for."""

    def __init__(self, status: int, title: str, *paragraphs: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.paragraphs = paragraphs


def speaker(request: Request) -> Texts:
    """Return the texts in the language a request asks for."""
    return texts(
        choose_language(
            request.query_params.get("lang"), request.headers.get("accept-language", "")
        )
    )


def page(
    request: Request, template: str, *, values: Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """Return a template's page with the request's language."""
    say = speaker(request)
    other, other_name = OTHER[say.language]
    html = _templates.get_template(template).render(
        say=say,
        lang=say.language,
        other=other,
        other_name=other_name,
        here=request.url.path,
        at=_keeping(request),
        **values,
    )
    return HTMLResponse(html, status_code=status, headers={"content-language": say.language})


def _keeping(request: Request) -> Callable[[str], str]:
    """Return a maker of links that keep a language chosen by hand."""
    chosen = request.query_params.get("lang")
    suffix = f"?lang={chosen}" if chosen in OTHER else ""
    return lambda path: f"{path}{suffix}"


def to_page(request: Request, path: str, *, anchor: str = "", done: str = "") -> Response:
    """Return the way to another page, in the language that was chosen; `done` is what it says."""
    chosen = request.query_params.get("lang")
    asked = {"done": done, "lang": chosen if chosen in OTHER else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    where = f"{path}?{query}" if query else path
    return RedirectResponse(f"{where}{anchor}", status_code=303)


def notice(request: Request, shown: Notice) -> HTMLResponse:
    """Return a notice as a page."""
    return page(
        request,
        "notice.html",
        values={"title": shown.title, "paragraphs": shown.paragraphs},
        status=shown.status,
    )
