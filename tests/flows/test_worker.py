"""How a worker is started."""

import os
import sys
from pathlib import Path

from crisis.settings import Settings
from flows.worker import command, environment


def test_worker_takes_so_many_runs_from_the_pool_and_installs_nothing() -> None:
    settings = Settings(_env_file=None, engine_name="host-a", work_pool="nights", worker_runs=3)

    words = command(settings)

    assert words == (
        *(sys.executable, "-m", "prefect", "worker", "start"),
        *("--pool", "nights", "--type", "process"),
        *("--name", f"host-a-{os.getpid()}", "--limit", "3"),
        *("--install-policy", "never", "--no-create-pool-if-not-found"),
    )


def test_runs_work_in_folders_of_their_own_and_find_the_house_all_the_same(
    tmp_path: Path,
) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        engine_name="host-a",
        prefect_auth="ada:open",
    )

    told = environment(settings, {"PATH": "/usr/bin", "PREFECT_PROFILE": "eve", "LANG": "C"})

    assert {name: told.get(name) for name in ("CRISIS_DATA_DIR", "CRISIS_PLAYBOOKS_DIR")} == {
        "CRISIS_DATA_DIR": str(tmp_path),
        "CRISIS_PLAYBOOKS_DIR": str(Path("playbooks").absolute()),
    }
    assert (told["PATH"], told["LANG"]) == (f"{Path(sys.executable).parent}:/usr/bin", "C")
    assert (told["PREFECT_API_AUTH_STRING"], "PREFECT_PROFILE" in told) == ("ada:open", False)
    assert told["CRISIS_ENGINE_NAME"] == "host-a"
    # Two users of one host do not meet in the common folder.
    assert told["TMPDIR"] == str(tmp_path / "prefect" / "tmp")
