"""The room itself: the fixtures reach what they promise, and nothing reaches the world."""

import socket
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import Page
from pytest_socket import SocketConnectBlockedError


def test_postgres_url_is_an_empty_database_of_its_own(postgres_url: str) -> None:
    address = postgres_url.replace("postgresql+psycopg", "postgresql")

    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE t (n int)")
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()

    assert tables == [("t",)]


def test_postgres_url_forgets_the_test_before(postgres_url: str) -> None:
    address = postgres_url.replace("postgresql+psycopg", "postgresql")

    with psycopg.connect(address) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()

    assert tables == []


def test_page_shows_what_it_was_given(page: Page) -> None:
    page.set_content("<html lang=de><title>Lage</title><main><h1>Übung</h1></main></html>")

    assert page.inner_text("h1") == "Übung"


def test_axe_names_the_fault_of_a_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content("<html lang=de><title>x</title><main><h1>x</h1><img src=''></main></html>")

    assert axe(page) == ["image-alt: ['img']"]


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_connections_to_the_world_are_blocked() -> None:
    with socket.socket() as outward, pytest.raises(SocketConnectBlockedError):
        outward.connect(("192.0.2.1", 80))
