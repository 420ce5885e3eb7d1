from __future__ import annotations

import pytest

from firsthand.model import Article
from firsthand.share.titles import Title, by_text, origin_of, title_of

GUESS = "“The headline of it …”"


@pytest.mark.parametrize(
    ("article", "title"),
    [
        (Article("1", "A\n\nb", title=" The \n title\x1b "), "The title�"),
        (Article("1", "\nThe headline of it\n\nThe text."), GUESS),
        (Article("1", "The headline of it\r\n\r\nThe text.", origin="a.txt"), GUESS),
        (Article("1", "One line of\na paragraph.\n\nAnother.", origin="a.txt"), "a.txt"),
        (Article("1", "Jul 16, 2018\n\nText", origin="a.txt"), "a.txt"),
        (Article("1", "w " * 101 + "\n\nText", origin="a.txt"), "a.txt"),
        (Article("1", "All there is.", origin="a.txt"), "a.txt"),
        (Article("1", ""), "1"),
        (Article("1", "All there is.", origin="-"), "standard input"),
        (Article("1", "All there is.", origin="-:3"), "standard input:3"),
        (Article("1", "All there is.", origin="-a.txt"), "-a.txt"),
    ],
)
def test_an_article_is_called_something(article: Article, title: str) -> None:
    assert title_of(article).shown == title


def test_a_title_that_is_given_is_no_guess() -> None:
    given = Article("1", "The headline of it\n\nThe text.", title="The headline of it", origin="-")
    assert title_of(given) == Title("The headline of it", guessed=False)
    assert origin_of(given) == "standard input"


@pytest.mark.parametrize(
    ("article", "title"),
    [
        (Article("1", "All there\nis.", origin="a.txt"), "“All there is.”"),
        (Article("1", f"\n\nWords {'and words ' * 90}", origin="a.txt"), f"“Words {'and words ' * 7}and …”"),
        (Article("1", "The headline of it\n\nThe text."), GUESS),
        (Article("1", "Text.", title="Its title", origin="a.txt"), "Its title"),
        (Article("1", " \n", origin="a.txt"), "a.txt"),
    ],
)
def test_by_its_text_it_is_called_how_that_begins(article: Article, title: str) -> None:
    assert title_of(by_text(article)).shown == title
