"""Runs the application; no access log, because its lines would hold partners' tokens."""

import uvicorn
from fastapi import FastAPI


def make_server(app: FastAPI, *, host: str, port: int) -> uvicorn.Server:
    """Return a server for one address; `run()` serves until a signal ends it."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    )


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until a signal ends it."""
    make_server(app, host=host, port=port).run()
