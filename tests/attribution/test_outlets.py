"""The outlet of an article, and those that its links lead to."""

import pytest

from firsthand.attribution.outlets import linked, outlet_name
from firsthand.model import Article, Attribution, ChainLink, Link

TEXT = "Renn said it was so."
SAID = Attribution(((0, 4),), ((5, 9),), ((10, 19),), 1.0)


def stations(url, start=5, end=9, *known):
    article = Article("1", TEXT, links=(Link(start, end, url),))
    return [(link.name, link.kind, link.how, link.spans) for link in linked(article, SAID, known)]


def test_the_outlet_is_what_the_article_says_else_its_host():
    assert outlet_name(Article("1", "", outlet="Larkmoor Gazette", url="https://verran.example")) == "Larkmoor Gazette"
    assert outlet_name(Article("1", "", url="https://www.verran.example/a?b=c")) == "verran.example"
    assert outlet_name(Article("1", "")) is None


def test_the_host_of_a_link_on_the_cue_is_a_link_of_the_chain():
    assert stations("https://www.verran.example/a") == [("verran.example", "outlet", "link", ((5, 9),))]


def test_a_link_that_only_touches_the_cue_counts_and_one_elsewhere_does_not():
    assert stations("https://verran.example", 8, 14)
    assert not stations("https://verran.example", 10, 15)
    assert not stations("https://verran.example", 0, 5)


def test_of_several_links_the_first_counts():
    links = Link(5, 7, "https://verran.example"), Link(7, 9, "https://lorvia.example")
    assert [link.name for link in linked(Article("1", TEXT, links=links), SAID, ())] == ["verran.example"]


@pytest.mark.parametrize("host", ["twitter.com", "x.com", "mobile.twitter.com", "www.facebook.com", "t.co", "youtu.be"])
def test_where_everybody_publishes_is_no_outlet(host):
    assert not stations(f"https://{host}/renn/1")


def test_only_whole_hosts_are_platforms():
    assert stations("https://notx.com/a")


def test_an_outlet_that_the_chain_has_already_is_no_second_link():
    known = ChainLink("Verran Times", "outlet", "outlet")
    assert not stations("https://www.verrantimes.example/a", 5, 9, known)
    assert stations("https://www.larkmoorgazette.example/a", 5, 9, known)


@pytest.mark.parametrize(
    "url", ["", "#top", "/a/b", "mailto:a@verran.example", "http://[", "https://", "\ud800", "a:b"]
)
def test_an_address_without_a_host_leads_nowhere(url):
    assert stations(url) == []
    assert outlet_name(Article("1", "", url=url)) is None
