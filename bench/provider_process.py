"""The process with the sinks: `python -m bench.provider_process '{"http": 0.3}'`."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack

from crisis.simulated.sinks.http import HttpSink
from crisis.simulated.sinks.smtp import SmtpSink

Sinks = dict[str, HttpSink | SmtpSink]


def main() -> None:
    """Say the ports, then answer each line on standard input until it ends."""
    latencies: dict[str, float] = json.loads(sys.argv[1])
    with ExitStack() as stack:
        sinks = {name: _sink(name, latency) for name, latency in latencies.items()}
        for sink in sinks.values():
            stack.enter_context(sink)
        _say({name: sink.port for name, sink in sinks.items()})
        for line in sys.stdin:
            if json.loads(line)["do"] == "count":
                _say(sum(len(sink.kept) for sink in sinks.values()))
            else:
                _say(list(_arrivals(sinks)))


def _sink(name: str, latency: float) -> HttpSink | SmtpSink:
    return SmtpSink(latency=latency) if name.startswith("smtp") else HttpSink(latency=latency)


def _arrivals(sinks: Sinks) -> Iterator[tuple[float, str, str]]:
    for name, sink in sinks.items():
        if isinstance(sink, SmtpSink):
            for mail in sink.mails:
                yield mail.received, name, ",".join(mail.recipients)
        else:
            for post in sink.posts:
                yield post.received, name, str(json.loads(post.body).get("id", ""))


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
