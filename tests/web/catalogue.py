"""Every text the pages say, found in the code and the templates."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

WEB = Path("src/crisis/web")
KEYWORDS = {"say": None, "_say": None, "msg": None}
METHODS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true"}}


def texts_said() -> frozenset[str]:
    """Return every German text that is said with `say("…")` or marked with `msg("…")`."""
    found = extract_from_dir(
        WEB, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    )
    return frozenset(message for _, _, message, _, _ in found if isinstance(message, str))
