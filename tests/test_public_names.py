"""The names that other programs may rely on."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import firsthand

PUBLIC = {"Article", "Attribution", "FirsthandError", "Reading", "__version__", "read"}


def test_the_public_names_are_these_and_exist() -> None:
    assert set(firsthand.__all__) == PUBLIC
    assert all(hasattr(firsthand, name) for name in PUBLIC)


def test_every_public_name_says_what_it_is() -> None:
    assert not [name for name in PUBLIC - {"__version__"} if not getattr(firsthand, name).__doc__]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert firsthand.__version__ == project["version"] == importlib.metadata.version("firsthand")
    changes = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{firsthand.__version__}]" in changes


@pytest.mark.parametrize(
    ("wrong", "kind"), [(b"Ann said no.", "bytes"), (None, "NoneType"), (PurePosixPath("a"), "PurePosixPath")]
)
def test_anything_but_text_is_a_clear_error(wrong: Any, kind: str) -> None:
    with pytest.raises(TypeError, match=f"^firsthand.read takes the article's text as str, not {kind}$"):
        firsthand.read(wrong)
