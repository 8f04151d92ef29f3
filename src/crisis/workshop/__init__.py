"""
Where files are checked, rehearsed and made: nothing here opens a log, and no message leaves.

The other half of `wiring`: playbooks and contacts for their authors, reports for
their readers.
"""

from crisis.loading.files import Look
from crisis.loading.inquiry import Explained
from crisis.workshop.page import (
    agreement_schema,
    calendar_file,
    coverage_page,
    forecast_page,
    playbook_schema,
    report_file,
    simulation_page,
)
from crisis.workshop.rule import RuleText, is_rule_like, rule_text
from crisis.workshop.shop import Findings, Workshop, open_workshop

__all__ = [
    "Explained",
    "Findings",
    "Look",
    "RuleText",
    "Workshop",
    "agreement_schema",
    "calendar_file",
    "coverage_page",
    "forecast_page",
    "is_rule_like",
    "open_workshop",
    "playbook_schema",
    "report_file",
    "rule_text",
    "simulation_page",
]
