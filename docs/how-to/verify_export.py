"""Check an export of `crisis log export`: python3 verify_export.py FILE."""

import hashlib
import json
import pathlib
import sys


def digest(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


*lines, seal, rest = pathlib.Path(sys.argv[1]).read_bytes().split(b"\n")
head, *log = map(json.loads, lines)
whole = hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest().encode()
faults = ["the file was changed"] * ((seal, rest) != (b'{"sha256":"%b"}' % whole, b""))
notes, vouched, gone, version, previous = [], {}, set(), 0, ""
now = [digest({k: v for k, v in entry.items() if k not in {"seq", "hash"}}) for entry in log]
for entry, own in zip(log, now, strict=True):
    if own == entry["hash"] and entry["kind"] in {"entries-erased", "broken-chain-accepted"}:
        for left in entry["data"].get("entries", []) + entry["data"].get("found", []):
            vouched[left["version"], left["seq"], left["hash"], left["remains"]] = entry["kind"]
        gone |= set(entry["data"].get("missing", []))
for entry, own in zip(log, now, strict=True):
    kind = vouched.get((entry["version"], entry["seq"], entry["hash"], own))
    follows = version < entry["version"] and set(range(version + 1, entry["version"])) <= gone
    version, before, previous = entry["version"], previous, entry["hash"]
    if not follows or not (kind or (own, entry["prev_hash"]) == (previous, before)):
        faults.append(f"version {version} was altered or does not follow")
    notes += [f"version {version}: {kind}"] if kind else []
if (version, previous) != (head["last_version"], head["last_hash"]):
    faults.append("it does not end as the log did")
print("\n".join([*(faults or ["intact"]), *notes, f"{len(log)} entries"]))
sys.exit(bool(faults))
