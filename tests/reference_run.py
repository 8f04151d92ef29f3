"""The reference run of `playbooks.md` §7.4: its file."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "playbooks" / "sn-mass-casualty.reference-run.rehearsal.yaml"
