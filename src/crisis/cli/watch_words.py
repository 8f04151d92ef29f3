"""What `crisis status` says of watchers and dead-man's switches."""

from typing import Any


def watchers(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the lines about the watchers; none where there never was one."""
    lines: dict[str, str] = {}
    concerns: dict[str, None] = {}
    for watcher in found:
        name = "Watcher" if len(found) == 1 else f"Watcher {watcher['name']}"
        lines[name] = _looks(watcher)
        lines[name.replace("Watcher", "Alarms")] = _alarms(watcher)
        concerns |= dict.fromkeys(map(_concern, watcher["concerns"] if watcher["fresh"] else ()))
    # What two watchers found is one concern.
    return lines | {f"Concern {n}": concern for n, concern in enumerate(concerns, start=1)}


def deadmen(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the lines about the dead-man's switches."""
    from crisis.cli.moment import local

    lines: dict[str, str] = {}
    for switch in found:
        last = local(switch["succeeded_at"], seconds=True)
        reached = f"last reached {last}" if last else "never reached"
        lines[f"Dead-man {switch['name']}"] = f"{reached} ({switch['code']})"
    return lines


def _looks(watcher: dict[str, Any]) -> str:
    from crisis.cli.moment import local

    life = "looks" if watcher["fresh"] else "SILENT"
    count = sum(watcher["counts"].values())
    found = "1 concern" if count == 1 else f"{count} concerns" if count else "nothing wrong"
    return f"{life}, last {local(watcher['at'], seconds=True)}, {found}"


def _alarms(watcher: dict[str, Any]) -> str:
    if not watcher["addresses"]:
        return "no second way is set; see CRISIS_ALARM_URLS"
    told = "1 address" if watcher["addresses"] == 1 else f"{watcher['addresses']} addresses"
    if watcher["undelivered"]:
        told += f", NOT DELIVERED to {', '.join(watcher['undelivered'])}"
    if watcher["shared"]:
        told += f"; {', '.join(watcher['shared'])} on the server of the first way"
    return told


def _concern(concern: dict[str, Any]) -> str:
    parts = (concern["code_word"] or concern["incident"], concern["step"], concern["partner"])
    about = ", ".join(
        part for part in (concern["kind"], " ".join(part for part in parts if part)) if part
    )
    return f"{about}: {concern['words']['en']}"
