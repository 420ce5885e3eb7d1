"""`firsthand serve` and `firsthand account`: what is asked for is what is served, to whom it is meant for."""

from __future__ import annotations

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from firsthand.cli.main import main
from firsthand.cli.options import parse
from firsthand.web.options import Options, is_loopback, without_port

PASSWORD = "three herons on a jetty"


def asked(*arguments: str) -> argparse.Namespace:
    found = parse(["serve", *arguments])
    assert found
    return found


def options(*arguments: str) -> Options:
    from firsthand.cli.serve import options_of

    return options_of(asked(*arguments))


def test_by_itself_it_is_for_this_computer_alone() -> None:
    assert (options().host, options().port, options().accounts) == ("127.0.0.1", 8470, False)
    for others in (["--host", "192.0.2.7"], ["--name", "desk.example"], ["--secure"]):
        assert options(*others).accounts


@pytest.mark.parametrize(
    ("arguments", "host", "known"),
    [
        ([], "localhost:8470", True),
        ([], "[::1]:8470", True),
        ([], "LOCALHOST", True),
        ([], "127.0.0.1.evil.example", False),
        ([], "localhost.evil.example:8470", False),
        ([], "192.0.2.7", False),
        ([], "", False),
        ([], "localhost:80@evil.example", False),
        ([], "[::1", False),
        (["--name", "Desk.example"], "desk.example", True),
        (["--host", "0.0.0.0"], "192.0.2.7:8470", True),
        (["--host", "0.0.0.0"], "evil.example", False),
        (["--host", "0.0.0.0", "--name", "desk.example"], "desk.example:443", True),
    ],
)
def test_whom_it_answers_to(arguments: list[str], host: str, known: bool) -> None:
    assert options(*arguments).knows(host) is known


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("x", False)],
)
def test_what_only_this_computer_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("host", "name"), [("a:b", ""), ("[::1]:x", ""), ("[::1]x", ""), ("a:8", "a"), ("[::1]", "::1")]
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert without_port(host) == name


@pytest.mark.parametrize("name", ["", "a/b", "a:80", "http://a", "é.example", "a b"])
def test_a_name_is_a_hosts(name: str) -> None:
    with pytest.raises(SystemExit):
        parse(["serve", "--name", name])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], []),
        (["--host", "192.0.2.7"], []),
        (["--host", "0.0.0.0", "--port", "8500"], ["http://desk-3:8500/", "http://192.0.2.8:8500/"]),
        (["--host", "::", "--name", "desk-3"], ["http://desk-3:8470/", "http://192.0.2.8:8470/"]),
        (["--host", "0.0.0.0", "--name", "desk.example", "--secure"], ["https://desk.example/"]),
        (["--name", "desk.example", "--secure"], ["https://desk.example/"]),
        (["--name", "desk.example"], []),
    ],
)
def test_what_others_open(monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: list[str]) -> None:
    from firsthand.cli import serve

    monkeypatch.setattr(socket, "gethostname", lambda: "desk-3")
    monkeypatch.setattr(socket, "getaddrinfo", None)  # nothing is looked up
    monkeypatch.setattr(serve, "_own_address", lambda: "192.0.2.8")
    assert serve.others(asked(*arguments)) == expected
    assert all(options(*arguments).knows(one.split("/")[2]) for one in expected)


def test_a_computer_without_a_network_or_a_name_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from firsthand.cli import serve

    monkeypatch.setattr(socket, "gethostname", lambda: "localhost")
    monkeypatch.setattr(serve, "ELSEWHERE", "no address")
    monkeypatch.setattr(socket, "socket", no_network)
    assert serve.others(asked("--host", "0.0.0.0")) == []


def no_network(*_: object) -> socket.socket:
    raise OSError("Network is unreachable")


def account(library: Path, *arguments: str) -> int:
    return main(["account", *arguments, "--library", str(library)])


@pytest.fixture
def secret(tmp_path: Path) -> list[str]:
    (tmp_path / "secret").write_text(f"{PASSWORD}\nnot read\n", encoding="utf-8")
    return ["--password-file", str(tmp_path / "secret")]


def test_accounts_by_command(tmp_path: Path, secret: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "l.db"
    assert account(library, "add", "cid", "--role", "reader", *secret) == 1
    assert account(library, "add", "ann", "--role", "admin", *secret) == 0
    assert account(library, "add", "Ann", "--role", "admin", *secret) == 1
    assert account(library, "add", "ben", "--role", "reader", *secret) == 0
    assert account(library, "role", "ben", "--role", "analyst") == 0
    assert account(library, "lock", "ben") == 0
    assert account(library, "role", "ann", "--role", "reader") == 1
    assert account(library, "password", "nobody", *secret) == 1
    capsys.readouterr()
    assert account(library, "list") == 0
    assert capsys.readouterr().out == "ann  admin\nben  analyst, locked\n"
    assert account(library, "remove", "ann") == 1
    assert "is the last admin" in capsys.readouterr().err
    assert account(library, "remove", "ben") == 0
    capsys.readouterr()
    assert account(library, "add", "Ben", "--role", "reader", *secret) == 1
    assert "choose another name" in capsys.readouterr().err
    assert account(library, "remove", "ann") == 0


def test_a_password_comes_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, status in (("short\n", 1), ("", 1), (f"{PASSWORD}\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        assert account(tmp_path / "l.db", "add", "ann", "--role", "admin") == status
    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "ann"],
        ["add", "ann"],
        ["add", "--role", "admin"],
        ["lock", "ann", "--role", "admin"],
        ["remove", "ann", "--password-file", "x"],
        ["add", "ann", "--role", "owner"],
        ["add", "ann", "--password", "secret"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["account", *arguments])
    assert ended.value.code == 2


def test_others_are_not_let_in_while_nobody_can_log_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for others in (["--host", "0.0.0.0"], ["--name", "desk.example", "--secure"]):
        assert main(["serve", "--library", str(tmp_path / "l.db"), "--port", str(free()), *others]) == 1
        assert "firsthand account add" in capsys.readouterr().err


def test_a_port_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--library", str(tmp_path / "l.db"), "--port", str(port)]) == 1
    assert f"127.0.0.1 port {port}: is in use already" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["198.51.100.9", "no such host", "a" * 300])
def test_no_address_of_this_computer(tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--library", str(tmp_path / "l.db"), "--host", host]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_library_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "l.db").write_text("not a library", encoding="utf-8")
    assert main(["serve", "--library", str(tmp_path / "l.db")]) == 1
    assert "is no library of Firsthand" in capsys.readouterr().err


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_ended(tmp_path: Path, end: signal.Signals) -> None:
    port = free()
    command = [sys.executable, "-m", "firsthand", "serve", "--library", str(tmp_path / "l.db"), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as serving:
        assert serving.stdout and serving.stderr
        said = serving.stdout.readline().decode()
        assert f"http://127.0.0.1:{port}/" in said
        assert answered(f"http://127.0.0.1:{port}/api/v1/account").json()["role"] == "admin"
        serving.send_signal(end)
        rest, complained = serving.communicate(timeout=30)
        assert (serving.returncode, rest, complained) == (0, b"", b"")


def answered(address: str) -> httpx.Response:
    for _ in range(100):
        try:
            return httpx.get(address)
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError("it does not answer")
