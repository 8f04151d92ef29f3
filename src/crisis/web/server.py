"""Runs the application; no access log, because its lines would hold partners' tokens."""

import logging

import uvicorn
from fastapi import FastAPI

from crisis.errors import without_words


class Wordless(logging.Filter):
    """Leave the words of an unforeseen error out: they may quote what a partner wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, its traceback as places only."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg = f"{record.getMessage().strip()}: {without_words(error)}"
            record.args = ()
            record.exc_info = None
        return True


_WORDLESS = Wordless()


def make_server(app: FastAPI, *, host: str, port: int) -> uvicorn.Server:
    """Return a server for one address; `run()` serves until a signal ends it."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    logging.getLogger("uvicorn.error").addFilter(_WORDLESS)
    return uvicorn.Server(config)


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until a signal ends it."""
    make_server(app, host=host, port=port).run()
