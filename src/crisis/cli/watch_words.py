"""What `crisis status` says of watchers and dead-man's switches."""

from typing import Any


def watchers(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the lines about the watchers; none where there never was one."""
    lines: dict[str, str] = {}
    for watcher in found:
        name = "Watcher" if len(found) == 1 else f"Watcher {watcher['name']}"
        lines[name] = _looks(watcher)
        lines[name.replace("Watcher", "Alarms")] = _alarms(watcher)
        for concern in watcher["concerns"] if watcher["fresh"] else ():
            lines[f"Concern {len(lines)}"] = _concern(concern)
    return lines


def deadmen(found: list[dict[str, Any]]) -> dict[str, str]:
    """Return the lines about the dead-man's switches."""
    from crisis.cli.moment import local

    return {
        f"Dead-man {switch['name']}": f"{switch['code']}, last reached "
        + (local(switch["succeeded_at"], seconds=True) or "never")
        for switch in found
    }


def _looks(watcher: dict[str, Any]) -> str:
    from crisis.cli.moment import local

    life = "looks" if watcher["fresh"] else "SILENT"
    count = sum(watcher["counts"].values())
    found = f"{count} concerns" if count else "nothing wrong"
    return f"{life}, last {local(watcher['at'], seconds=True)}, {found}"


def _alarms(watcher: dict[str, Any]) -> str:
    if not watcher["addresses"]:
        return "no second way is set; see CRISIS_ALARM_URLS"
    told = f"{watcher['addresses']} addresses"
    if watcher["undelivered"]:
        told += f", NOT DELIVERED to {', '.join(watcher['undelivered'])}"
    if watcher["shared"]:
        told += f"; {', '.join(watcher['shared'])} on the server of the first way"
    return told


def _concern(concern: dict[str, Any]) -> str:
    parts = (concern["code_word"] or concern["incident"], concern["step"], concern["partner"])
    about = " ".join(part for part in parts if part) or "house"
    return f"{concern['kind']}, {about}: {concern['words']['en']}"
