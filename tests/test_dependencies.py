"""What the program imports is what pyproject.toml asks for, and nothing that only training or the bench needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

NEEDED_UNSEEN = {"python-multipart"}
"""What a dependency imports by itself, and asks its users to install: Starlette reads forms with it."""


def declared() -> set[str]:
    """Names of the distributions that Firsthand depends on, extras included, normalised."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return {normal(re.split(r"[^\w.-]", one)[0]) for one in chain(project["dependencies"], *extras)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """Top-level modules that the program imports and that are neither Python's nor ours."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"firsthand"}


def test_every_import_is_a_declared_dependency_and_every_dependency_is_imported() -> None:
    distributions = packages_distributions()
    used = {normal(distributions[name][0]) for name in imported()}
    assert used | NEEDED_UNSEEN == declared()


def test_the_pinned_requirements_name_no_registry() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert not re.search(r"https?://|index-url|trusted-host", path.read_text(encoding="utf-8")), path.name


def test_every_pinned_requirement_has_a_hash() -> None:
    for path in (ROOT / "requirements").iterdir():
        entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").replace("\\\n", ""))
        assert not [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry], path.name
