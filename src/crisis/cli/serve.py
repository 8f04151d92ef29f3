"""`crisis serve`: the engine, the pages and Prefect, in one go."""

from typing import TYPE_CHECKING

import click

from crisis.cli import output

if TYPE_CHECKING:
    from crisis.settings import Settings


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where the pages listen; outranks CRISIS_HOST.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="The port the pages listen on; outranks CRISIS_PORT.",
)
@click.option(
    "--engine-only",
    is_flag=True,
    help="No pages: one more host for a house on PostgreSQL; outranks CRISIS_ENGINE_ONLY.",
)
def serve(host: str | None, port: int | None, *, engine_only: bool) -> None:
    """
    Run the engine, the pages and Prefect.

    Runs until it is stopped (Ctrl-C or SIGTERM). A program that ends by itself is
    started anew; what each of them says stands in the folder logs of the data
    folder. An incident opened before Prefect is up is not held up by it.

    Ends with exit code 4 if another one runs in the same data folder or an engine
    of this host has the same name, and with 5 if a port is taken, the data folder
    cannot be written to, or the log's database cannot be reached.
    """
    from crisis import wiring
    from crisis.settings import load_settings

    given = {"host": host, "port": port, "engine_only": engine_only or None}
    settings = load_settings({name: value for name, value in given.items() if value is not None})
    wiring.serve(settings, started_all=lambda: _tell(settings))


def _tell(settings: "Settings") -> None:
    if settings.engine_only:
        output.complain(
            f"crisis starts engine {settings.own_engine_name}, data in {settings.data_dir};"
            " Ctrl-C stops it"
        )
        return
    output.complain(
        f"crisis starts on {settings.own_url}, data in {settings.data_dir}; Ctrl-C stops it"
    )
    output.complain(f"Pages: {settings.own_url}/")
    if settings.duty_password_hash.get_secret_value():
        output.complain("Duty password: the one whose hash CRISIS_DUTY_PASSWORD_HASH holds")
    else:
        output.complain(
            f"Duty password: in {settings.own_password_file}, for this machine only;"
            " `crisis password` sets one of your own"
        )
