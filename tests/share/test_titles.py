from __future__ import annotations

import pytest

from firsthand.model import Article
from firsthand.share.titles import title_of


@pytest.mark.parametrize(
    ("article", "title"),
    [
        (Article("1", "A\n\nb", title=" The \n title\x1b "), "The title�"),
        (Article("1", "\nThe headline of it\n\nThe text."), "The headline of it"),
        (Article("1", "The headline of it\r\n\r\nThe text.", origin="a.txt"), "The headline of it"),
        (Article("1", "One line of\na paragraph.\n\nAnother.", origin="a.txt"), "a.txt"),
        (Article("1", "Jul 16, 2018\n\nText", origin="a.txt"), "a.txt"),
        (Article("1", "w " * 101 + "\n\nText", origin="a.txt"), "a.txt"),
        (Article("1", "All there is.", origin="a.txt"), "a.txt"),
        (Article("1", ""), "1"),
    ],
)
def test_an_article_is_called_something(article: Article, title: str) -> None:
    assert title_of(article) == title
