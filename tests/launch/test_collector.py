"""What is loaded when a process has started costs no collection any more."""

import subprocess
import sys

PAGES = """
import gc
import crisis.web.__main__
from crisis.launch.collector import spare_what_is_loaded
before = len(gc.get_objects())
spare_what_is_loaded()
print(before > 50_000, len(gc.get_objects()) < 100, gc.get_freeze_count() >= before)
"""


def test_collector_passes_over_what_is_loaded() -> None:
    told = subprocess.run(
        [sys.executable, "-c", PAGES], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout == "True True True\n"
