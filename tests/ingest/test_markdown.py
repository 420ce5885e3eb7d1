"""Markdown: what a reader of the rendered page sees, with links and pictures, and what the front matter says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from firsthand.model import Article, Failure, MediaLink

PAGE = """\
---
title: "The bridge is shut"
date: 2024-03-04
authors: [Mira Holt, 'Jon Vash']
outlet: The Tarn Courier  # a weekly
tags:
  - bridges
description: >
  Not read.
---

# The *bridge* is shut #

The **mayor**, Edda Quill,
said [on `Monday`](https://tarn.example/a_b "why") that it [was](/x) "no _choice_" \\*.

![The bridge](https://tarn.example/b.jpg)

```python
print("no speech")
```

    indented code

| Day | Level |
|-----|-------|
| Mon | 2 m   |

<div class="ad">Buy boots</div>

> “We did not know,”
> said the <b>council</b>.

- First, it rained 😀
- Then [it](javascript:alert(1)) fell, see <https://tarn.example/report>

Why it fell
-----------

Nobody ~~knew~~ knows &amp; nobody <!-- ha --> asks.
"""
TEXT = """\
The bridge is shut

The mayor, Edda Quill, said on Monday that it was "no choice" *.

“We did not know,” said the council.

First, it rained 😀

Then it fell, see https://tarn.example/report

Why it fell

Nobody knew knows & nobody asks."""


def written(tmp_path: Path, read: Any, text: str) -> Any:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    [found] = read(tmp_path / "a.md")
    return found


def test_the_text_is_what_a_reader_sees(tmp_path: Path, read: Any) -> None:
    assert written(tmp_path, read, PAGE).text == TEXT


def test_links_stand_where_their_anchors_are_and_pictures_are_kept(tmp_path: Path, read: Any) -> None:
    found = written(tmp_path, read, PAGE)
    assert [(found.text[link.start : link.end], link.url) for link in found.links] == [
        ("on Monday", "https://tarn.example/a_b"),
        ("https://tarn.example/report", "https://tarn.example/report"),
    ]
    assert found.media == (MediaLink("https://tarn.example/b.jpg", "image", "The bridge"),)


def test_front_matter_fills_the_fields(tmp_path: Path, read: Any) -> None:
    found = written(tmp_path, read, PAGE)
    assert (found.title, found.outlet) == ("The bridge is shut", "The Tarn Courier")
    assert (found.byline, found.published) == ("Mira Holt, Jon Vash", datetime(2024, 3, 4))
    assert found.origin == str(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("text", "title", "shown"),
    [
        ("Intro\n\n## The bridge *is* shut ##\n\nSo.", "The bridge is shut", "Intro\n\nThe bridge is shut\n\nSo."),
        ("---\r\ntitle: Shut\r\n---\r\nIt is.", "Shut", "Shut\n\nIt is."),
        ("---\ntitle: Shut\n---\n# Open\n\nIt is.", "Shut", "Shut\n\nOpen\n\nIt is."),
        ("---\ntitle: |\n  Shut\n---\nIt is.", None, "It is."),
        ("---\nThis is no front matter.\n\n---\nIt is.", None, "This is no front matter.\n\nIt is."),
        ("---\n\nIt is, he said: so.", None, "It is, he said: so."),
        ("It is.", None, "It is."),
    ],
)
def test_the_title_is_the_front_matters_else_the_first_heading(
    tmp_path: Path, read: Any, text: str, title: str | None, shown: str
) -> None:
    found = written(tmp_path, read, text)
    assert (found.title, found.text) == (title, shown)


@pytest.mark.parametrize("text", ["```\ncode\n```", "---\ntitle: x\n---\n<p>x</p>", "![](x.png)"])
def test_markdown_without_text(tmp_path: Path, read: Any, text: str) -> None:
    assert written(tmp_path, read, text) == Failure(str(tmp_path / "a.md"), "holds no text")


def test_nothing_but_front_matter_is_empty(tmp_path: Path, read: Any) -> None:
    assert written(tmp_path, read, "---\ntitle: x\n---\n").cause == "is empty"


@pytest.mark.parametrize("text", ["[" * 20_000, ">" * 20_000, "*a " * 20_000, "- " * 20_000, "“" * 100_000, "`" * 9999])
def test_hostile_markdown_is_read(tmp_path: Path, read: Any, text: str) -> None:
    assert isinstance(written(tmp_path, read, f"He said no.\n\n{text}"), Article)


def test_markdown_above_the_limit_is_refused(tmp_path: Path, read: Any) -> None:
    assert "limit" in written(tmp_path, read, "x" * (4 * 2**20 + 1)).cause


def test_a_break_within_a_sentence_keeps_words_apart(tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nHe said no<br>yes was asked, the minister told reporters on Monday.\n")
    (article,) = read(str(tmp_path / "a.md"))
    assert "no yes" in article.text
