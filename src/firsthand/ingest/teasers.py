"""Blocks inside an article that are not its text: links to other articles, and posts embedded from elsewhere.

They are told by how they are built, which trafilatura's result no longer shows: a block that holds nothing but
links and a label for them, however short or long the titles it links to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, TypeAlias

from firsthand.ingest.flow import HEADINGS, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 600
"""Characters of the longest block of teasers; also what bounds the work on one link. Chosen, on pages we wrote."""

HIGHEST = 4
"""Blocks around a link that are looked at."""

BLOCKS = frozenset(("p", "div", "section", "aside", "ul", "ol", "li", "dl", "figure", "blockquote", "table")) | HEADINGS

WHOLE = frozenset(("article", "main", "body", "td"))
"""Elements that hold an article, not a part of it."""

Verdict: TypeAlias = "tuple[HtmlElement, ...] | None"
"""The elements that are a teaser; none where more around them may be; None where the article's own words stand."""

_LABEL = re.compile(
    r"(?:read|see|watch|listen) (?:also|more|next)(?: here| about this)?|also read|related(?: \w+)?"
    r"|more (?:on|about) th(?:is|e) \w+|more (?:news|stories|articles)|most (?:read|popular|viewed)"
    r"|recommended(?: \w+)?"
    r"|(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|(?:don t|do not) miss|in case you missed it"
    r"|(?:top stories|editors? s? ?picks?|further reading|keep reading|continue reading)",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?<![a-z])(?:(?:read|see)-?_?(?:also|more)|related|teaser|promo|newsletter)", re.IGNORECASE)
_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-(?:post|video)"
    r"|threads-(?:post|embed)|text-post-media|reddit-(?:embed|card)[\w-]*|telegram-post)(?:\s|$)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\W_]+")


def strip(tree: HtmlElement) -> None:
    """Take teasers and embedded posts out of the tree, with the label that stands before them."""
    for post in [element for element in tree.iter("blockquote", "div") if _POST.search(element.get("class") or "")]:
        _drop(post)
    judged = cache(_judged)  # a block with thousands of links is looked at once
    for anchor in list(tree.iter("a")):
        for block in _teaser(anchor, judged):
            _drop(block)


def _teaser(anchor: HtmlElement, judged: Callable[[HtmlElement], Verdict]) -> tuple[HtmlElement, ...]:
    """The outermost block around a link that is a teaser, with its label where that stands before it; else nothing."""
    found: tuple[HtmlElement, ...] = ()
    for block in islice(_around(anchor), HIGHEST):
        verdict = judged(block)
        if verdict is None:
            break
        found = verdict or found
    return found


def _around(anchor: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks around a link, from the inside."""
    inside = takewhile(lambda element: element.tag not in WHOLE, anchor.iterancestors())
    return (element for element in inside if element.tag in BLOCKS)


def _judged(block: HtmlElement) -> Verdict:
    if block.tag == "h1" or _long(block) or block.find(".//h1") is not None:
        return None
    said = _beside_links(block)
    if said:
        return (block,) if _LABEL.fullmatch(said) else None
    label = _label_before(block)
    if label is not None:
        return label, block
    return (block,) if _CLASS.search(f"{block.get('class')} {block.get('id')}") else ()


def _long(element: HtmlElement) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > LONGEST:
            return True
    return False


def _beside_links(block: HtmlElement) -> str:
    """The words of a block that are in none of its links."""
    texts = block.xpath(".//text()[not(ancestor::a) and not(ancestor::script)]")
    return _words(" ".join(texts))


def _label_before(block: HtmlElement) -> HtmlElement | None:
    """The element right before a block, if all that it says is what links follow."""
    before = block.getprevious()
    if before is None or (before.tail or "").strip() or before.tag not in BLOCKS or _long(before):
        return None
    return before if _LABEL.fullmatch(_words("".join(before.itertext()))) else None


def _words(text: str) -> str:
    return _MARKS.sub(" ", plain(text)).strip()


def _drop(block: HtmlElement) -> None:
    if block.getparent() is not None:
        block.drop_tree()
