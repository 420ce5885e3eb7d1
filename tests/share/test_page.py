from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from firsthand import __version__
from firsthand.model import Credit, MediaLink, Reading
from firsthand.share.page import page, web_address
from tests.told import told_reading, with_all

if TYPE_CHECKING:
    from conftest import Given


ATTRIBUTES = {
    *(
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "dir",
        "datetime",
        "href",
        "rel",
        "role",
        "open",
        "hidden",
    ),
    *("aria-label", "data-order", "data-source", "data-cue", "data-content", "data-number", "data-entry"),
    *("data-deciding", "data-own", "data-credit"),
}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the words of its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def with_attribute(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in attributes]


def made(*readings: Reading) -> Elements:
    return Elements("".join(page(readings)))


def test_the_page_has_the_text_and_the_facts(given_reading: Given) -> None:
    reading = given_reading()
    words = " ".join(made(reading).words.split())
    for part in (
        " ".join(reading.article.text.split()[7:22]),
        "The Larkmoor Post",
        "Tam Reed",
        "8 April 2031",
        "post.example",
    ):
        assert part in words
    assert "given 1" in words


def test_the_page_asks_for_nothing_but_links(given_reading: Given) -> None:
    html = made(given_reading())
    assert not {"img", "link", "iframe", "base", "form"} & {tag for tag, _ in html.elements}
    assert not html.with_attribute("src")
    assert not html.with_attribute("style")
    assert all(a["href"].startswith(("#", "https://post.example/")) for a in html.with_attribute("href") if a["href"])


def test_the_policy_lets_nothing_else_run(given_reading: Given) -> None:
    (policy,) = (a["content"] for a in made(given_reading()).with_attribute("http-equiv"))
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_every_attribution_has_its_parts_and_its_place_in_the_list(given_reading: Given) -> None:
    html = made(given_reading())
    keys = {f"1-{number}" for number in range(1, 7)}
    assert {a["data-entry"] for a in html.with_attribute("data-entry")} == keys
    assert {a["id"] for a in html.with_attribute("id")} >= {f"a{key}" for key in keys}
    assert {key for a in html.with_attribute("data-cue") for key in (a["data-cue"] or "").split()} == keys
    assert "unattributed" in html.words


def test_the_headline_is_set_once(given_reading: Given) -> None:
    html = "".join(page([given_reading()]))
    body = html[html.index("<main>") : html.index("<aside")]
    assert len(re.findall("stay shut</span>, ", body)) == 1


def test_a_title_that_the_text_does_not_begin_with_is_set_above_it(given_reading: Given) -> None:
    html = made(given_reading(title="Another title"))
    assert html.words.count("Another title") == 2  # once in the head
    assert "Larkmoor bridge to stay shut, mayor says" in html.words


def test_several_articles_have_a_table_of_contents(given_reading: Given) -> None:
    html = made(given_reading(), given_reading(title="The second"))
    hrefs = [a["href"] for a in html.with_attribute("href")]
    assert hrefs[:2] == ["#a1", "#a2"]
    assert len({a["id"] for a in html.with_attribute("id")}) == len(html.with_attribute("id"))


def test_a_hostile_article_changes_no_element_of_the_page(
    given_reading: Given, hostile_readings: list[Reading]
) -> None:
    parts = [(["Ann"], ["said"], ["no"])]
    fields = dict.fromkeys(("id", "title", "outlet", "byline", "origin"), "x")
    media = MediaLink("https://evil.example/a.png", "image", "x"), MediaLink("https://evil.example/b.png", "image", "x")
    for reading in hostile_readings:
        shown = media[: sum(item.url == web_address(item.url) for item in reading.article.media)]
        harmless = made(
            given_reading("Ann said no.\n\nx", parts, warnings=("x",), language=None, media=shown, **fields)
        )
        html = made(reading)
        expected = [tag for tag, _ in harmless.elements]
        if reading.article.url != web_address(reading.article.url):
            del expected[expected.index("time") + 1 : expected.index("time") + 4]
        assert [tag for tag, _ in html.elements] == expected
        assert {name for _, attributes in html.elements for name in attributes} <= ATTRIBUTES


def test_a_hostile_finding_changes_no_element_of_the_page(
    given_reading: Given, hostile_readings: list[Reading]
) -> None:
    harmless = made(with_all(given_reading("Ann said no.\n\nx", [(["Ann"], ["said"], ["no"])]), "x"))
    expected = Counter(tag for tag, _ in harmless.elements)
    for reading in hostile_readings:
        evil = reading.article.text.partition("\n\n")[2]
        tame = replace(reading.article, title="x", url="https://post.example/x", media=(), language=None)
        html = made(with_all(replace(reading, article=tame, warnings=()), evil))
        found = Counter(tag for tag, _ in html.elements)
        for tags in (expected, found):
            del tags["span"], tags["a"]  # there are more where words occur in several places
        assert found == expected
        assert {name for _, attributes in html.elements for name in attributes} <= ATTRIBUTES


def test_an_attribution_is_a_line_with_chain_cue_content_and_findings() -> None:
    words = " ".join(made(told_reading()).words.split())
    assert (
        "Northern Press Agency ← a senior administration official of Ostrel (unnamed: not authorised to comment) "
        "told reporters Brennmark would possibly use a staged dam failure as a pretext to move troops into the Ulm "
        "valley unlikely to likely · evidence withheld source a senior"
    ) in words
    assert "rejected the accusation denied source Brennmark" in words
    assert "through The Sellenby Ledger (published it) ← Northern Press Agency (credited for the text) ←" in words
    assert "evidence evidence withheld: “did not provide any evidence”" in words
    assert "evidence no evidence mentioned" in words


def test_nothing_is_said_of_what_was_not_looked_for(given_reading: Given) -> None:
    html = made(given_reading())
    assert not {"dl", "small"} & {tag for tag, _ in html.elements}
    assert "evidence" not in html.words and "credited" not in html.words and "own name" not in html.words


def test_the_header_names_wire_agencies_once_and_leads_to_each_place() -> None:
    html = made(told_reading())
    words = " ".join(html.words.split())
    assert "credited to Northern Press Agency: dateline, sign-off" in words
    assert {"#a1-14", "#a1-15"} <= {a["href"] for a in html.with_attribute("href")}
    assert {"a1-14", "a1-15"} <= {a["id"] for a in html.with_attribute("id")}


def test_a_credit_that_stands_nowhere_in_the_text_leads_nowhere() -> None:
    told = told_reading()
    html = made(replace(told, credits=(Credit("Northern Press Agency", "byline"),)))
    assert "credited to Northern Press Agency: byline" in " ".join(html.words.split())
    assert "#a1-14" not in {a["href"] for a in html.with_attribute("href")}


def test_what_the_outlet_says_in_its_own_name_is_shown_with_its_certainty() -> None:
    words = " ".join(made(told_reading()).words.split())
    assert "In its own name 2 Brennmark may flood border valley, Ostrel warns unlikely to likely: “may” Water" in words
    assert "rose by two metres overnight. stated as fact Who says what 11" in words


def test_pictures_and_videos_are_links_and_nothing_else(given_reading: Given) -> None:
    given = [
        MediaLink("https://pictures.example/2031/bridge%20shut.jpg", "image", "The <b>bridge</b>\non Monday"),
        MediaLink("https://pictures.example/2031/bridge%20shut.jpg", "image", "The <b>bridge</b>\non Monday"),
        MediaLink("http://films.example/river.mp4", "video"),
        MediaLink("javascript:alert(1)", "image", "Evil"),
        MediaLink("data:image/png;base64,x", "image", "Evil"),
    ]
    html = made(given_reading(media=tuple(given)))
    links = {a["href"]: a["rel"] for _, a in html.elements if a.get("rel") and "post.example" not in str(a["href"])}
    assert links == dict.fromkeys((given[0].url, given[2].url), "noreferrer noopener nofollow")
    words = " ".join(html.words.split())
    assert "picture The <b>bridge</b> on Monday pictures.example / bridge shut.jpg" in words
    assert "video films.example / river.mp4" in words
    assert "Evil" not in words
    assert not {"img", "video", "audio", "source"} & {tag for tag, _ in html.elements}


def test_an_article_without_pictures_has_no_list_of_them(given_reading: Given) -> None:
    assert "Pictures" not in made(given_reading()).words


def test_the_page_says_who_made_it(given_reading: Given) -> None:
    (generator,) = (a["content"] for a in made(given_reading()).with_attribute("name") if a["name"] == "generator")
    assert generator == f"Firsthand {__version__}"


def test_a_first_line_for_a_title_is_seen_to_be_one(given_reading: Given) -> None:
    html, titled = made(given_reading(title=None)), made(given_reading())
    assert "“Larkmoor bridge to stay shut, mayor says …” – who says what" in html.words
    assert "bridge.html" in html.words
    assert [("h2", a.get("class")) for tag, a in html.elements if tag == "h2"] == [("h2", "guess")]
    assert [("h2", a.get("class")) for tag, a in titled.elements if tag == "h2"] == [("h2", None)]


def test_parts_that_stand_apart_are_joined_by_a_sign_of_their_own(given_reading: Given) -> None:
    html = made(given_reading())
    assert "“We will not gamble with lives,” […] “and not with the river.”" in html.words


def test_warnings_are_shown(given_reading: Given) -> None:
    assert "Seems French." in made(given_reading(warnings=("Seems French.",))).words


def test_an_article_without_text_title_or_attributions_is_a_page_all_the_same(given_reading: Given) -> None:
    html = made(given_reading(text="", title=None))
    assert "bridge.html" in html.words
    assert "No attribution was found" in html.words


def test_lines_that_were_cut_to_fit_flow_and_others_stay(given_reading: Given) -> None:
    cut, verse = f"{'w ' * 33}\n{'w ' * 34}\nend", "Roses are red\nviolets are blue"
    classes = [a["class"] for a in made(given_reading(f"Title\n\n{cut}\n\n{verse}")).with_attribute("class")]
    assert classes.count("lines") == 1


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read(scheme: int) -> None:
    """WCAG 2.2, contrast of at least 4.5."""
    css = resources.files("firsthand.share").joinpath("paper.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", css.split("@media")[scheme]))
    for front, grounds in {
        "ink": ["paper", "content", "deep", "lit-content", "lit-source", "lit-cue", "warning"],
        "quiet": ["paper", "content"],
        "cue": ["paper", "content", "deep"],
    }.items():
        assert [g for g in grounds if contrast(colours[front], colours[g]) < 4.5] == []


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("url", ["https://a.example/b?c#d", "http://a.example:8080/"])
def test_web_addresses_are_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVa\nScript:x",
        "data:text/html,x",
        "//a.example",
        "file:///etc",
        "http://[",
        "https:",
    ],
)
def test_other_addresses_are_not(url: str | None) -> None:
    assert web_address(url) is None
