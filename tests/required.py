"""What a test does when the machine lacks what it needs: skip, or fail where it was promised."""

import os
from typing import NoReturn

import pytest


def absent(need: str, why: str) -> NoReturn:
    """
    Skip the test, or fail it when CRISIS_TEST_REQUIRE names the need.

    Args:
        need: one of the comma-separated words of CRISIS_TEST_REQUIRE: postgres, browser, axe.
        why: what was looked for and not found.
    """
    if need in os.environ.get("CRISIS_TEST_REQUIRE", "").split(","):
        pytest.fail(f"CRISIS_TEST_REQUIRE asks for {need}, but {why}.", pytrace=False)
    pytest.skip(f"{why}; tests that need {need} are left out.")
