"""The page of rules: what a check of files looks for, how heavily it weighs, and why."""

from collections.abc import Mapping

from crisis.loading.rule_text import rule_text
from tools.reference.markdown import head, table

_INTRO = """
`crisis playbook check`, `crisis contacts check` and `crisis agreement check` list every mistake
as `file:line:column: CODE what is wrong`, with what to do.
`crisis playbook explain CODE` prints what stands here.
Errors keep a file from being used (exit code 1); warnings and notices do not.
"""


def page(groups: Mapping[str, Mapping[str, str]]) -> str:
    """Describe rules: title of a group -> code -> why the rule exists."""
    sections = (
        f"\n## {title}\n"
        + table(
            ("code", "strength", "why"),
            ((f"`{code}`", _strength(code), why) for code, why in rules.items()),
        )
        + _examples(rules)
        for title, rules in groups.items()
    )
    return head("Rules") + _INTRO + "".join(sections)


def _strength(code: str) -> str:
    text = rule_text(code)
    if text.strength is None:
        return "as " + ", ".join(f"`{other}`" for other in text.served_by)
    return text.strength.value


def _examples(rules: Mapping[str, str]) -> str:
    texts = [rule_text(code) for code in rules]
    return "".join(
        f"\n### {text.code}\n\nReported:\n\n```yaml\n{text.failing.rstrip()}\n```\n"
        f"\nIn order:\n\n```yaml\n{text.passing.rstrip()}\n```\n"
        for text in texts
        if text.failing
    )
