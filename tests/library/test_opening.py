"""A library is made, brought up to date, or refused in one clear line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from firsthand.errors import LibraryError
from firsthand.library import Library, opening, schema, sqlite
from tests.library.given import added, article, many


def refused(path: Path, *, create: bool = False) -> str:
    with pytest.raises(LibraryError) as error:
        Library.open(path, create=create).count()
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    return str(error.value).removeprefix(f"{path}: ")


def made(path: Path) -> Path:
    with Library.open(path, create=True) as library:
        library.add(many(50))
    return path


def at(path: Path, revision: str) -> Path:
    """A library as an older Firsthand made it."""
    from alembic import command
    from alembic.config import Config

    engine = sqlite.engine(path, create=True)
    config = Config()
    config.set_main_option("script_location", "firsthand.library:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    return path


def test_it_is_made_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "l.db"
    assert refused(path) == "there is no library; `firsthand add` or `firsthand media add` makes one"
    assert not path.parent.exists()
    with Library.open(path, create=True) as library:
        assert library.count() == 0
    with Library.open(path) as library:
        assert library.count() == 0


@pytest.mark.parametrize("name", ["a b?mode=ro&x#y%20.db", "é \udcff.db", "file:x.db", ":memory:"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    assert made(tmp_path / name).read_bytes().startswith(b"SQLite format 3")
    with Library.open(tmp_path / name) as library:
        assert library.count() == 50


def test_the_default_place_is_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opening.default_place().name == "library.db"
    assert tmp_path in opening.default_place().parents


def test_the_tables_are_as_the_schema_says(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db", create=True) as library, library.reading() as connection:
        migrated = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(migrated, schema.metadata) == []


def test_the_tables_are_not_sqlites_alone() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in schema.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))


def is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """FTS5 and Alembic keep tables of their own."""
    return not (kind == "table" and str(name).startswith(("words", "claim_words", "alembic_")))


def test_the_newest_revision_is_the_one_that_the_schema_names(tmp_path: Path) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "firsthand.library:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.REVISION]
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(schema.KNOWN)


@pytest.mark.parametrize("revision", schema.KNOWN)
def test_an_older_library_is_brought_up_to_date_with_all_it_has(tmp_path: Path, revision: str) -> None:
    path = at(tmp_path / "l.db", revision)
    insert = "INSERT INTO {} VALUES ({})"
    rows = {
        "article": (1, "00000000000000aa", 1, "2031-04-08T00:00:00.000+00:00", "post"),
        "original": (1, "ab" * 32, 1, "text/plain", "2031-04-08T00:00:00.000+00:00", "/a.txt"),
        "version": (1, 1, 1, 1, "2031-04-08T00:00:00.000+00:00", None, "/a.txt", *[None] * 8, "[]", "[]", "cd", "Ann."),
    }
    connection = sqlite3.connect(path)
    for table, row in rows.items():
        connection.execute(insert.format(table, ", ".join("?" * len(row))), row)
    connection.execute("INSERT INTO words(rowid, title, text, outlet) SELECT no, title, text, outlet FROM version")
    connection.commit()
    connection.close()
    with Library.open(path) as library:
        assert library.article("00000000000000aa").article.text == "Ann."
        assert [hit.entry.id for hit in library.search("ann")] == ["00000000000000aa"]
        assert added(library, article()).action == "added"
        with library.reading() as reading:
            assert reading.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [schema.REVISION]


@pytest.mark.parametrize("revision", ["0007", "0008", "0009"])
def test_an_older_library_has_its_logs_guarded_and_its_claims_found_by_other_forms(
    tmp_path: Path, revision: str
) -> None:
    path = at(tmp_path / "l.db", revision)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE claim_words")
        connection.execute("CREATE VIRTUAL TABLE claim_words USING fts5(text, wordings, content='summary_text')")
        connection.execute("INSERT INTO summary VALUES (1, 'c1', 1, 1, '', '', 0, 0, 0, 0)")
        connection.execute("INSERT INTO summary_text VALUES (1, '', 'A ferry is sinking', '')")
    connection.close()
    with Library.open(path) as library:
        assert library.count() == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT rowid FROM claim_words WHERE claim_words MATCH 'sink'").fetchall() == [(1,)]
        connection.execute("INSERT INTO action(no, at, who, what, subject, detail) VALUES (1, '', '', '', '', '')")
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            connection.execute(
                "REPLACE INTO action(no, at, who, what, subject, detail) VALUES (1, 'x', '', '', '', '')"
            )
    connection.close()


def test_several_that_open_a_new_library_at_once_all_have_it(tmp_path: Path) -> None:
    code = "import sys, time; from firsthand.library import Library; import alembic.command\n"
    code += "time.sleep(max(0, float(sys.argv[2]) - time.time()))\n"
    code += "with Library.open(sys.argv[1], create=True) as library: print(library.count())"
    command = [sys.executable, "-c", code, str(tmp_path / "l.db"), str(time.time() + 2)]
    racing = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    assert [process.communicate(timeout=60) for process in racing] == [(b"0\n", b"")] * 6


def test_a_newer_library_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "l.db")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "is a library of a newer Firsthand (9999)" in refused(path)
    assert "is a library of a newer Firsthand (9999)" in refused(path, create=True)


@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_library_is_refused_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    content = {
        "page.html": b"<p>a page" * 1000,
        "zeros.db": bytes(10_000),
        "short.db": b"SQLite format 3\0",
        "other.db": b"",
    }
    for name, written in content.items():
        (tmp_path / name).write_bytes(written)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    other.commit()
    other.close()
    content["other.db"] = (tmp_path / "other.db").read_bytes()
    assert "database of another program" in refused(tmp_path / "other.db", create=create)
    for name in ("page.html", "zeros.db", "short.db"):
        assert "is no library" in refused(tmp_path / name, create=create)
    assert {name: (tmp_path / name).read_bytes() for name in content} == content


def test_an_empty_file_becomes_a_library_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.touch()
    assert refused(path).startswith("is an empty file")
    with Library.open(path, create=True) as library:
        assert library.count() == 0


def test_a_folder_and_a_place_below_a_file_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).startswith("is a folder; name a file in it")
    (tmp_path / "a.txt").touch()
    assert "cannot be there" in refused(tmp_path / "a.txt" / "l.db", create=True)
    assert refused(tmp_path / ("x" * 300), create=True)
    assert refused(tmp_path / "nu\0l", create=True)


def test_a_damaged_library_is_told(tmp_path: Path) -> None:
    path = made(tmp_path / "l.db")
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    assert refused(path) == "is damaged"


def test_half_a_library_is_told(tmp_path: Path) -> None:
    path = made(tmp_path / "l.db")
    path.write_bytes(path.read_bytes()[:9000])
    assert "damaged" in refused(path)


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = made(tmp_path / "l.db")
    with Library.open(path) as library:
        with library.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
        with pytest.raises(LibraryError, match=r"^\S+: the disk is full$"):
            library.add(many(5000))
        assert library.count() == 50
    with Library.open(path) as library:
        assert library.count() == 50
        assert added(library, many(51)[50][0]).action == "added"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can work as somebody else")
@pytest.mark.parametrize(
    ("file", "folder", "cause"),
    [(0o444, 0o555, "may only be read"), (0o600, 0o755, "may not be read"), (0o644, 0o700, "may not")],
)
def test_a_library_without_permission_is_told(tmp_path: Path, file: int, folder: int, cause: str) -> None:
    place = tmp_path / "place"
    path = made(place / "l.db")
    own = [above for above in tmp_path.parents if above.name.startswith(("pytest-", "popen-"))]  # pytest's own folders
    for above in (tmp_path, *own):
        above.chmod(0o755)
    path.chmod(file)
    place.chmod(folder)
    code = """
import os, sys
import firsthand.library.store, alembic.command, alembic.config
from firsthand.errors import LibraryError
os.setuid(65534)
try:
    firsthand.library.store.Library.open(sys.argv[1]).add([])
    firsthand.library.store.Library.open(sys.argv[1]).remove("x")
except LibraryError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)
    assert cause in done.stdout


def test_a_read_only_disk_can_be_read(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "none", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        path = made(place / "l.db")
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with Library.open(path, create=True) as library:
            assert len(library.search("bridge", limit=100)) == library.count() == 50
            with pytest.raises(LibraryError, match=f"^{path}: may only be read, not written$"):
                library.add(many(51))
        assert "cannot be opened" in refused(place / "new.db", create=True)
    finally:
        subprocess.run(["umount", place], check=True)


def test_the_log_file_is_ahead_and_the_rest_is_guarded(tmp_path: Path) -> None:
    names = "journal_mode", "foreign_keys", "secure_delete"
    with Library.open(tmp_path / "l.db", create=True) as library, library.reading() as connection:
        asked = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in names}
        assert asked == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
        assert "words" in inspect(connection).get_table_names()
