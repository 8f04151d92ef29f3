"""The page of rules: what a check of files looks for, and why."""

from collections.abc import Mapping

from tools.reference.markdown import head, table

_INTRO = """
`crisis playbook check`, `crisis contacts check` and `crisis agreement check` list every mistake
as `file:line:column: CODE what is wrong`, with what to do.
`crisis playbook explain CODE` prints the reason that stands here.
Errors keep a file from being used (exit code 1); warnings and notices do not.
"""


def page(groups: Mapping[str, Mapping[str, str]]) -> str:
    """Describe rules: title of a group -> code -> why the rule exists."""
    sections = (
        f"\n## {title}\n"
        + table(("code", "why"), ((f"`{code}`", why) for code, why in rules.items()))
        for title, rules in groups.items()
    )
    return head("Rules") + _INTRO + "".join(sections)
