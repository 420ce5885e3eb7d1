"""Files are read in a process that has little to lose: what it may not do, how it ends, what the parent says of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from firsthand import media
from firsthand.errors import MediaError
from firsthand.media import sandbox, tasks
from firsthand.media.sandbox import Limits

BRIEF = Limits(seconds=20, pace=0)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives this")
Ask = Callable[..., bytes]

CHILD = """\
import sys
sys.path.insert(0, {folder!r})
from firsthand.media import tasks
tasks.TASKS = {{"told": "{module}:told"}}
tasks.main()
"""


@pytest.fixture
def media_file(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"twelve bytes")
    return path


@pytest.fixture
def ask(tmp_path: Path, media_file: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs the lines of a function `told(path, **given)` in the sandbox."""
    folder = tmp_path / "code"
    folder.mkdir()

    def asked(lines: str, limits: Limits = BRIEF, path: Path = media_file, **given: object) -> bytes:
        body = "".join(f"    {line}\n" for line in lines.splitlines())
        (folder / "hostile_task.py").write_text(f"import os, signal, time\ndef told(path, **given):\n{body}")
        script = folder / "child.py"
        script.write_text(CHILD.format(folder=str(folder), module="hostile_task"))
        monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-B", str(script)))
        return sandbox.run("told", path, given, limits)

    return asked


def refused(path: Path) -> str:
    """Why a path is refused, no process being started for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "_started", lambda _: pytest.fail("a process was started"))
        with pytest.raises(MediaError) as caught:
            media.metadata_of(path)
    assert caught.value.origin == str(path)
    return caught.value.cause


def test_what_is_no_file_is_refused_before_a_process_starts(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert refused(tmp_path / "none.mp4") == "there is no such file"
    assert refused(Path("https://ostrand.example/bridge.mp4")) == sandbox.ADDRESS
    assert refused(tmp_path) == "is a folder, not a file"
    assert refused(empty) == "is empty"
    assert refused(tmp_path / "a\0b") == "cannot be read: embedded null byte"
    assert refused(tmp_path / ("a" * 300)) == "cannot be read: File name too long"
    assert refused(empty / "in-a-file") == "cannot be read: Not a directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_what_would_wait_or_answer_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert refused(tmp_path / "pipe.mp4") == "is a pipe, not a file"
    assert refused(Path(os.devnull)) == "is a device, not a file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert refused(tmp_path / "s") == "is a socket, not a file"


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "cannot be read" in refused(tmp_path / "a")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(media_file: Path) -> None:
    media_file.chmod(0)
    assert refused(media_file) == "may not be read (permission denied)"


def test_a_permission_denied_is_told(media_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(MediaError, match=r"may not be read \(permission denied\)"):
        media.size_of(media_file)


def test_the_size_of_a_file(media_file: Path) -> None:
    assert media.size_of(media_file) == 12


def test_a_task_answers(ask: Ask) -> None:
    assert ask("return path.read_bytes() + given['more'].encode()", more=" more") == b"twelve bytes more"


def test_what_a_library_prints_does_not_disturb(ask: Ask) -> None:
    assert ask("print('noise', flush=True)\nos.system('echo noise; echo noise >&2')\nreturn b'said'") == b"said"


@pytest.mark.parametrize("name", ["-i.mp4", "concat:a|b.jpg", "%03d.jpg", "a\nb.mp4", "http:", b"\xff\xfe.mp4"])
def test_a_name_is_only_a_name(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | bytes) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.write_bytes(b"seen")
    assert ask("return path.read_bytes() + b' ' + os.fsencode(path.name)", path=path) == b"seen " + os.fsencode(name)


def why(ask: Ask, lines: str, limits: Limits = BRIEF) -> str:
    with pytest.raises(MediaError) as caught:
        ask(lines, limits)
    assert caught.value.origin.endswith("clip.mp4")
    return caught.value.cause


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        ("os.abort()", "its reader crashed (SIGABRT)"),
        ("import ctypes\nctypes.string_at(0)", "its reader crashed (SIGSEGV)"),
        ("os.kill(os.getpid(), 9)", "its reader crashed (SIGKILL)"),
        ("os._exit(3)", "its reader ended without an answer"),
        ("raise ZeroDivisionError", "ZeroDivisionError, which no reader expects"),
        ("raise SystemExit(0)", "SystemExit, which no reader expects"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt, which no reader expects"),
        ("def f():\n    return f()\nf()", "RecursionError, which no reader expects"),
        ("import nowhere", "nowhere is not installed"),
        ("raise MemoryError", "it needs more memory than a file is given"),
        ("return object()", "TypeError, which no reader expects"),
    ],
)
def test_a_crash_is_one_line(ask: Ask, lines: str, cause: str) -> None:
    assert why(ask, lines) == f"could not be read: {cause}"


def test_a_reader_says_why(ask: Ask) -> None:
    lines = "from firsthand.errors import MediaError\nraise MediaError('x', 'could not be read: no\\x1b[31m stream')"
    assert why(ask, lines) == "could not be read: no [31m stream"


def test_a_reason_is_bounded(ask: Ask) -> None:
    assert len(why(ask, "from firsthand.errors import MediaError\nraise MediaError('x', 'y' * 9999999)")) <= 300


@LINUX
def test_memory_is_limited(ask: Ask) -> None:
    limits = Limits(memory=512 << 20, seconds=20)
    assert "more memory" in why(ask, "return bytes(600 << 20)", limits)
    assert ask("return str(len(bytearray(64 << 20))).encode()", limits) == str(64 << 20).encode()


@LINUX
def test_computing_is_limited(ask: Ask) -> None:
    assert why(ask, "while True: pass", Limits(cores=0)) == "could not be read: it took too much computing"


def test_time_is_limited(ask: Ask) -> None:
    before = time.monotonic()
    assert why(ask, "time.sleep(60)", Limits(seconds=0.7, pace=0)) == "could not be read: it took more than 1 s"
    assert time.monotonic() - before < 3


def test_time_grows_with_the_file_to_a_bound() -> None:
    limits = Limits(seconds=10, pace=2, most=100)
    assert [limits.time(mebibytes << 20) for mebibytes in (0, 5, 10_000)] == [10, 20, 100]


def test_output_is_limited(ask: Ask) -> None:
    limits = Limits(output=1 << 20, seconds=20)
    assert why(ask, "return bytes(2 << 20)", limits) == "could not be read: what it holds is more than 1 MiB"
    assert len(ask("return bytes(1 << 20)", limits)) == 1 << 20


def test_a_system_that_gives_no_process_is_told(media_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "COMMAND", (str(media_file.with_name("no-python")),))
    with pytest.raises(MediaError, match="no process was given for it"):
        sandbox.run("told", media_file, {}, BRIEF)


ESCAPED = "os.fork() or (os.setsid(), time.sleep(4))"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="has no fork")
@pytest.mark.parametrize(
    "code", ["while True: os.write(1, bytes(65536))", "os.write(1, b'R' + bytes(8)); time.sleep(60)", ESCAPED]
)
def test_a_child_that_was_taken_over_says_what_it_will(
    media_file: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", f"import os, time\n{code}"))
    with pytest.raises(MediaError, match="could not be read: "):
        sandbox.run("told", media_file, {}, Limits(output=1 << 20, seconds=1, pace=0))


@pytest.mark.parametrize("sent", [b"", b"R", b"X" + bytes(8), b"R" + b"\xff" * 8, b"R\1" + bytes(7), b"R" + bytes(9)])
def test_a_broken_answer_is_no_answer(media_file: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-Sc", f"import os; os.write(1, {sent!r})"))
    with pytest.raises(MediaError, match="could not be read: its reader ended"):
        sandbox.run("told", media_file, {}, BRIEF)


@LINUX
def test_what_it_has_given_up(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTHAND_SECRET", "s3cret")
    (tmp_path / "diary.txt").write_text("private")
    lines = """\
import ctypes, json, resource, socket
from pathlib import Path
def tried(call, *given):
    try:
        call(*given)
    except OSError as error:
        return type(error).__name__
    return "done"
def linked():
    os.link(path, path.with_name("linked"))
return json.dumps({
    "writes over the file": tried(path.write_bytes, b"x"),
    "writes beside it": tried(path.with_name("new").write_bytes, b"x"),
    "removes it": tried(path.unlink),
    "links it": tried(linked),
    "reads another": tried(path.with_name("diary.txt").read_text),
    "reads a password": tried(Path("/etc/passwd").read_text),
    "lists": tried(os.listdir, path.parent),
    "files": resource.getrlimit(resource.RLIMIT_NOFILE)[1],
    "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
    "rights": ctypes.CDLL(None).prctl(39, 0, 0, 0, 0),  # PR_GET_NO_NEW_PRIVS
    "secret": "FIRSTHAND_SECRET" in os.environ,
}).encode()
"""
    told = json.loads(ask(lines))
    assert {"done"}.isdisjoint(told.values())
    assert (told["files"], told["core"], told["rights"], told["secret"]) == (64, 0, 1, False)


def unshares() -> bool:
    """Whether the system lets a process leave the network, in one way or another."""
    code = (
        "import ctypes; c = ctypes.CDLL(None); "
        "print(c.unshare(4 << 28) and c.unshare(5 << 28) and c.syscall(444, 0, 0, 1) < 4)"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "0"


@LINUX
def test_it_reaches_no_network(ask: Ask) -> None:
    if not unshares():
        pytest.skip("this system lets nobody leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        lines = f"""\
import socket
try:
    socket.create_connection(("127.0.0.1", {server.getsockname()[1]}), 2)
except OSError as error:
    return b"refused"
return b"reached"
"""
        assert ask(lines) == b"refused"
        with pytest.raises(TimeoutError):
            server.accept()


def gone(pid: int, within: float = 3) -> bool:
    """Whether a process is no more, or a mere entry that nobody has collected."""
    for _ in range(int(within / 0.05)):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@LINUX
@pytest.mark.parametrize("ending", ["return str(p.pid).encode()", "raise MediaError('x', str(p.pid))"])
def test_what_it_started_ends_with_it(ask: Ask, ending: str) -> None:
    begun = "import subprocess\nfrom firsthand.errors import MediaError\np = subprocess.Popen(['sleep', '99'])"
    try:
        told = ask(f"{begun}\n{ending}").decode()
    except MediaError as error:
        told = error.cause
    assert gone(int(told))


RUNNING = """\
import sys
from pathlib import Path
from firsthand.media import sandbox
sandbox.COMMAND = (sys.executable, "-c", "import os, time; {first}"
    "os.write({pipe}, b'%d\\\\n' % os.getpid()); time.sleep(60)")
started = sandbox.subprocess.Popen
sandbox.subprocess.Popen = lambda *args, **named: started(*args, **named, pass_fds=({pipe},))
sandbox.run("told", Path({path!r}))
"""
FOLLOWS = "from firsthand.media import confinement as c; c._forgo_rights(); "


@LINUX
@pytest.mark.parametrize(("ending", "first"), [(signal.SIGINT, ""), (signal.SIGKILL, FOLLOWS)])
def test_an_interrupt_ends_it(media_file: Path, ending: signal.Signals, first: str) -> None:
    reading, writing = os.pipe()
    code = RUNNING.format(pipe=writing, path=str(media_file), first=first)
    with subprocess.Popen([sys.executable, "-c", code], pass_fds=(writing,), stderr=subprocess.DEVNULL) as parent:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            child = int(pipe.readline())
        parent.send_signal(ending)
        parent.wait(20)
    assert gone(child, 10)


def test_several_at_once(ask: Ask, media_file: Path) -> None:
    assert ask("return path.read_bytes()") == b"twelve bytes"
    with ThreadPoolExecutor(3) as pool:
        answers = pool.map(lambda _: sandbox.run("told", media_file, {}, BRIEF), range(6))
        assert set(answers) == {b"twelve bytes"}


def test_every_task_is_a_function() -> None:
    for task in tasks.TASKS:
        assert callable(tasks.function(task))


def test_a_task_loads_only_what_it_needs() -> None:
    code = "import sys, firsthand.media.tasks as t; t.function('credentials'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"numpy", "av", "PIL", "scipy", "pydantic", "faiss"} & set(loaded.split())
