"""A library with the example case in it, and the application over a copy of it, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.share.conftest import browser  # noqa: F401 - a Chromium for the tests here

if TYPE_CHECKING:
    from starlette.testclient import TestClient

FERRY = Path(__file__).resolve().parents[2] / "examples" / "ferry"


@pytest.fixture(scope="session")
def ferry_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the ferry's 18 articles, read, compared and joined. Not to be written to."""
    from firsthand.cli.main import main

    path = tmp_path_factory.mktemp("ferry") / "library"
    for command in (["add", str(FERRY)], ["claims", "--limit", "1"]):
        assert main([*command, "--library", str(path)]) == 0
    return path


@pytest.fixture
def ferry(ferry_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to be written to."""
    for file in ferry_once.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / ferry_once.name


@pytest.fixture
def client(ferry: Path) -> Iterator[TestClient]:
    """What asks the application, as the person at this computer."""
    from starlette.testclient import TestClient

    from firsthand.web.app import create
    from firsthand.web.options import Options

    with TestClient(create(Options(ferry)), base_url="http://127.0.0.1:8470") as asking:
        yield asking


PASSWORD = "three herons on a jetty"


@pytest.fixture(scope="session")
def hashed() -> str:
    """The password of all accounts of tests, hashed once: it takes a while, which is what it is for."""
    from firsthand.web.passwords import hashed

    return hashed(PASSWORD)


@pytest.fixture
def desk(ferry: Path, hashed: str) -> Iterator[Callable[[str], TestClient]]:
    """Gives a browser at which somebody is signed in: "ann", an admin, "ben", an analyst, "cid", a reader; "": nobody.

    All are of one application, over one library.
    """
    from starlette.testclient import TestClient

    from firsthand.library import Library, accounts
    from firsthand.web.app import create
    from firsthand.web.keys import fresh
    from firsthand.web.keys import hashed as stored
    from firsthand.web.options import Options

    with Library.open(ferry) as library, library.writing() as connection:
        for name, role in (("ann", "admin"), ("ben", "analyst"), ("cid", "reader")):
            accounts.add(connection, name, hashed, role, "test")
    app = create(Options(ferry))

    def opened(name: str) -> TestClient:
        asking = TestClient(app, base_url="http://127.0.0.1:8470")
        if name:
            asking.cookies[app.state.options.cookie] = new = fresh()
            with app.state.library.writing() as connection:
                accounts.start_session(connection, accounts.named(connection, name), stored(new))
        return asking

    with TestClient(app):
        yield opened
