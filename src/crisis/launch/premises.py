"""What must be right before anything starts."""

import os
import socket
import tempfile

from crisis.errors import UnreachableError
from crisis.launch.place import Place
from crisis.launch.prefect_environment import LOOPBACK


def check_folder(place: Place) -> None:
    """
    See that the data folder is there and can be written to.

    Raises:
        UnreachableError: it cannot; the message says what to do.
    """
    folder = place.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise UnreachableError(
            f"The data folder {folder} cannot be written to: {os.strerror(error.errno or 0)}."
            " Give this user the right to, or name another folder in CRISIS_DATA_DIR."
        ) from None


def check_ports(place: Place) -> None:
    """
    See that the ports are free.

    Raises:
        UnreachableError: one is not; the message names all of them and what to do.
    """
    faults: list[str | None] = []
    if not place.engine_only:
        faults.append(_port_fault(place.host, place.port, "CRISIS_PORT or --port"))
    if place.own_prefect:
        faults.append(_port_fault(LOOPBACK, place.prefect_port, "CRISIS_PREFECT_PORT"))
        if place.port == place.prefect_port and not place.engine_only:
            faults.append(
                f"The pages and Prefect cannot both have port {place.port}."
                " Set CRISIS_PORT or CRISIS_PREFECT_PORT to another one."
            )
    if any(faults):
        raise UnreachableError("\n".join(fault for fault in faults if fault))


def _port_fault(host: str, port: int, setting: str) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        # As the servers do: a connection that was just closed must not count as taken.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return (
                f"Port {port} on {host} cannot be had: {os.strerror(error.errno or 0)}."
                f" Stop what uses it, or set {setting} to another one."
            )
    return None
