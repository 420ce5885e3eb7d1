"""Whom an appearance names as the one who knows, in a form that can be compared with what other articles name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from firsthand.model import Appearance, ChainLink, Kind, Source

from .lexicons import closed
from .naming import By, naming
from .nations import is_nation, nations, without_nations
from .words import bare_name, described, folded, singular, written

Sort = Literal["person", "body", "document", "described", "crowd", "outlet", "own", "nobody"]
"""person: by name; body: a ministry, company, state; described: people without a name; crowd: a class of people;
outlet: another medium, with nobody behind it; own: the outlet itself; nobody: the text names nobody."""

Role = Literal["official", "insider", "witness", "office", ""]
"""What a description says somebody is: an official; somebody who knows ("a person familiar with it"); somebody who saw
it; the holder of an office that only one has ("the president"); anything else."""

_SORTS: dict[Kind | None, Sort] = {
    "person": "person",
    "organisation": "body",
    "government": "body",
    "document": "document",
    "unnamed": "described",
    "crowd": "crowd",
    "outlet": "outlet",
    None: "described",
}
# Who speaks for a body is the body, as far as its word goes.
_SPEAKER = re.compile(
    r"(?:an?|the|one|another)?\s*spokes(?:wo)?(?:man|person|people)\s+(?:for|of)\s+(.+)", re.IGNORECASE
)
# Of "a sign at a Helsinki bus stop" the place tells nothing of whom the sign speaks for.
_OF_TEXT = re.compile(r"\b(?:for|at|on|in|posted)\b")
_NAME = re.compile(r"[^,;:()\n]+")
LONGEST = 6
"""Words of a body's name, at most, that another mention of it is thought to be fuller than. A choice."""

_HIMSELF = re.compile(r"((?:.*\s)?[A-Z][\w’'-]+)\s+(?:him|her)self")
# What is somebody's own voice: "the ministry's Twitter account", "Renn's office", "Renn's remarks".
_VOICE = re.compile(
    r"(.+?)(?:['’]s|s['’])\s+(?:[\w-]+\s+){0,2}(?:account|office|statement|comments?|remarks?|words|speech|tweets?|feed)(?:\s+(?:to|on|in|at|about)\s.+)?",
    re.IGNORECASE,
)
_SPOKESMAN = re.compile(r"(.+?)(?:['’]s|s['’])\s+(?:[\w-]+\s+){0,2}(spokes\w+)", re.IGNORECASE)
_UNATTRIBUTED = "unattributed"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is named or described. `words` are compared; `nations` are whom they speak for, where it is said.

    `by`: by which words the article names them there. `read_as`: for whom they were taken before the claim's other
    articles told who is meant.
    """

    name: str
    sort: Sort
    words: tuple[str, ...] = ()
    nations: frozenset[str] = frozenset()
    role: Role = ""
    position: str = ""
    anonymity: str | None = None
    by: By = "name"
    read_as: str = ""


NOBODY = Party("nobody", "nobody")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one appearance says of where it comes from. `outlet` and `through` are outlets' keys, outermost first.

    `names` are `through` as they are written. `telling` is what it says with the words before it: the same in a copy.
    """

    appearance: Appearance
    parties: tuple[Party, ...]
    outlet: str
    through: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    telling: str = ""


def parties(appearance: Appearance, text: str = "") -> tuple[Party, ...]:
    """Whom it names as the first to know: one, or each of several who are named together; NOBODY where it does not.

    `text`: its article's, if it is at hand.
    """
    link = innermost(appearance)
    if link is None:
        return (NOBODY,)
    who = appearance.who if appearance.who and appearance.who.name == link.name else None
    position, anonymity = (who.position or "", who.anonymity) if who else ("", link.anonymity)
    names = _together(link.name) if link.kind == "person" else _members(_fuller(link, text), who, text)
    found = (party(name, link.kind, position, anonymity) for name in names)
    return tuple(replace(one, by=naming(text, link.spans, one.name)) for one in found)


def innermost(appearance: Appearance) -> ChainLink | None:
    """The last link of the chain that is no outlet; of an appearance without a chain, the source itself."""
    links = [link for link in appearance.chain if link.kind != "outlet" and link.how in ("source", "inner", "cites")]
    if links:
        return links[-1] if _names_somebody(links[-1].name) else None
    who = appearance.who
    if appearance.chain or who is None or who.kind == "outlet" or not _names_somebody(who.name):
        return None
    return ChainLink(who.name, who.kind, "source", (), who.anonymity)


def stations(appearance: Appearance) -> Iterator[ChainLink]:
    """The outlets of the chain through which it came, outermost first, without the one that published it."""
    yield from (
        link for link in appearance.chain if link.kind == "outlet" and link.how != "outlet" and is_outlet(link.name)
    )
    who = appearance.who
    if not appearance.chain and who and who.kind == "outlet" and is_outlet(who.name):
        yield ChainLink(who.name, who.kind, "source")


def is_outlet(name: str) -> bool:
    """Whether it is one outlet, and not "the media" or "Russian state media"."""
    words = written(name)
    return bool(words) and not (words[-1].islower() and singular(words[-1]) in closed("media"))


def party(name: str, kind: Kind | None, position: str = "", anonymity: str | None = None) -> Party:
    """`name`, of a kind, in a form that can be compared."""
    if (self_named := _HIMSELF.fullmatch(name)) and kind != "person":
        return replace(party(self_named[1], "person", position), name=name, anonymity=anonymity)
    sort = _sort(name, kind)
    if (spoken := _spoken_for(name, sort)) is not None:
        return replace(spoken, name=name, position=position, anonymity=anonymity)
    if sort == "person":
        return Party(name, sort, bare_name(name), nations(position), "", position, anonymity)
    words, role = described(without_nations(name)), _role(name)
    body = sort == "body"
    if sort in ("body", "document"):
        words = tuple(word for word in folded(name) if word not in ("the", "of"))
    found = nations(_OF_TEXT.split(name)[0] if sort == "document" else name, body=body) or nations(position)
    return Party(name, sort, words, found, role if sort == "described" else "", position, anonymity)


def _spoken_for(name: str, sort: Sort) -> Party | None:
    """Whom somebody or something speaks for that is only their voice: a spokesman of theirs, their office."""
    if sort == "described" and (spoken := _SPEAKER.match(name)):
        return party(spoken[1], "government")
    if sort not in ("described", "body", "document"):
        return None
    if voice := _VOICE.fullmatch(name):
        return party(voice[1], _kind_of(voice[1]))
    if spokesman := _SPOKESMAN.fullmatch(name):
        spoken_for = party(spokesman[1], _kind_of(spokesman[1]))
        if spoken_for.sort != "person":
            return spoken_for
        words = (spoken_for.words[-1], "spokesman")
        return replace(spoken_for, sort="described", words=words, role="official")
    return None


def _kind_of(name: str) -> Kind:
    """Whether a name is rather a body's: by a body's noun in it, by being a state's, or in small letters."""
    words = {singular(word) for word in folded(name)}
    body = not words.isdisjoint(closed("body")) or is_nation(name) or not written(name)[-1][:1].isupper()
    return "government" if body else "person"


def _sort(name: str, kind: Kind | None) -> Sort:
    """By its kind; a "person" that is only described is none, unlike "von der Leyen"; a description can be a name."""
    sort, words = _SORTS[kind], folded(name)
    if sort == "person" and words[0].partition("-")[0] in closed("particles") and not written(name)[-1].islower():
        return "person"
    if sort == "person" and (name[:1].islower() or words[0] in closed("stock")):
        return "described"
    if sort == "person" and is_nation(name):
        return "body"  # of "Renn and Ostrel", which are taken for people together
    if kind == "unnamed" and name == name.title() and not _role(name) and words[0] not in closed("stock"):
        return "person"
    return sort


def _role(name: str) -> Role:
    words = described(name)
    first = folded(name)[:1]
    one = first == ["the"] or (bool(first) and first[0] not in closed("stock") and not name.endswith("s"))
    if one and words and words[-1] in closed("unique") and "former" not in words:
        return "office"  # "the Ostreli president"; in a headline "Ostreli president"
    found = (role for role in _ROLES if not closed(role).isdisjoint(words))
    return next(found, "")


_ROLES: tuple[Role, ...] = ("witness", "official", "insider")


def _together(name: str) -> list[str]:
    """The members of "Ilva Renn, Tomas Ek and Ada Quill"."""
    parts = [part.strip() for part in name.replace(", and ", " and ").replace(" and ", ", ").split(",")]
    return [part for part in parts if folded(part)] or [name]


def _fuller(link: ChainLink, text: str) -> str:
    """A body's name as it stands there, where all else is a noun: of "the Ostreli Ministry", later "Ministry"."""
    start, end = link.spans[0] if link.spans else (0, 0)
    here = text[start:end]
    bare = closed("body") | {"the"}
    more = bare.issuperset(folded(link.name)) and set(folded(link.name)) < set(folded(here)) - {"the"}
    fits = len(folded(here)) <= LONGEST and _NAME.fullmatch(here)
    return " ".join(here.split()) if more and fits and link.kind in ("government", "organisation") else link.name


def _members(name: str, who: Source | None, text: str) -> list[str]:
    """The members of "the ministry and Ilva Renn", of different kinds, as they are mentioned."""
    found = [" ".join(text[start:end].split()) for start, end in who.mentions] if who else []
    joined = len(found) > 1 and name == f"{', '.join(found[:-1])} and {found[-1]}"
    return found if joined and all(map(_stands_alone, found)) else [name]


def _stands_alone(name: str) -> bool:
    """Whether a name can be somebody's by itself, unlike the halves of "Health and Human Services"."""
    words = folded(name)
    return is_nation(name) or len(words) > 1 or not closed("body").isdisjoint(words)


def _names_somebody(name: str) -> bool:
    """Whether a name is anybody's: not a pronoun, nor the outlet's "our report"."""
    words = folded(name)
    if not words or name.lower() == _UNATTRIBUTED or words[0] == "our":
        return False
    return not (closed("pronouns") | {"of"}).issuperset(re.split("['’]", word)[0] for word in words)
