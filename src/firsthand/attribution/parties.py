"""The parties of a text: everybody and everything that it names or describes, each with all its mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from firsthand.model import Span

from . import lexicons
from .names import SUFFIXES, Name, names, noun_class, person_noun, personal, plural
from .phrases import DETERMINERS, Phrase, head_of, phrases
from .tokens import Tokens

MOST = 8
"""Members of the largest group that is looked for."""

FAR_MORE = 3
"""Times that a bare surname has to be more frequent than a full name to be somebody else's. Chosen, not measured."""

NAMED, DESCRIBED, GROUP = "named", "described", "group"


@dataclass(slots=True)
class Party:
    """Somebody or something, with its mentions in reading order.

    number: its place in the list of parties. sort: NAMED, DESCRIBED or GROUP (of `members`, numbers of parties).
    mentions: (first token, end token) of each. best: the fullest. sex: "m", "f" or "". many: whether it is several.
    voiced: the tokens where it was found to be a source. described: the phrases that were found to point to it.
    """

    number: int
    sort: str
    mentions: list[tuple[int, int]]
    best: tuple[int, int]
    sex: str = ""
    many: bool = False
    person: bool = False
    members: tuple[int, ...] = ()
    voiced: list[int] = field(default_factory=list)
    described: list[tuple[int, int]] = field(default_factory=list)


def parties(toks: Tokens, mentioned: Iterable[Span] = ()) -> list[Party]:
    """The parties of a text. `mentioned` are spans that stand for a party for sure: the sources of attributions."""
    found = names(toks)
    people = _named(toks, found)
    taken = {i for name in found for i in range(name.title, name.end)}
    people += _described(toks, phrases(toks, taken, mentioned), len(people))
    return people + list(_groups(toks, people))


def _named(toks: Tokens, found: list[Name]) -> list[Party]:
    """One party for all names that are each other's long and short forms."""
    clusters: list[list[Name]] = []
    for words in sorted(dict.fromkeys(name.words for name in found), key=lambda words: -len(words)):
        several = sum(_short_form(words, cluster[0].words) for cluster in clusters) > 1
        for same in _by_sex(toks, [name for name in found if name.words == words], several):
            longer = [i for i, cluster in enumerate(clusters) if _short_form(words, cluster[0].words)]
            fitting = {i: clusters[i] for i in longer if not _another(toks, same, clusters[i])}
            owner = _owner(fitting, _sex_of_titles(toks, same))
            if owner is None:
                owner = len(clusters)
                clusters.append([])
            clusters[owner] += same
    return [_party(toks, number, sorted(cluster, key=lambda n: n.first)) for number, cluster in enumerate(clusters)]


def _by_sex(toks: Tokens, same: list[Name], several: bool) -> list[list[Name]]:
    """Names of the same words: apart where some are a man's and some a woman's ("Mr. Renn", "Ms. Renn"), by title.

    Where `several` have that surname, a few with a title of one sex are apart from the many without: in a text of
    "Renn" one "Mrs. Renn" is his wife.
    """
    sexes = [_sex_of_titles(toks, [name]) for name in same]
    few = several and len(same) >= FAR_MORE * sum(map(bool, sexes))
    if not ({"m", "f"} <= set(sexes) or (few and any(sexes))):
        return [same]
    return [[n for n, one in zip(same, sexes, strict=True) if one == sex] for sex in ("f", "m", "") if sex in sexes]


def _owner(clusters: Mapping[int, list[Name]], sex: str) -> int | None:
    """Of numbered clusters of fuller names, the one of this sex that is named most often."""
    fits = [i for i in clusters if not sex or _first_name_sex(clusters[i]) in (sex, "")] or list(clusters)
    return max(fits, key=lambda i: (sum(n.words == clusters[i][0].words for n in clusters[i]), -i), default=None)


def _another(toks: Tokens, short: list[Name], cluster: list[Name]) -> bool:
    """Whether a full name is rather that of a wife or a daughter of whom a bare surname stands for.

    So it is where the surname has titles that the full name never has, is much more frequent, and the text says "he"
    more than "she".
    """
    full = [name for name in cluster if len(name.words) > 1]
    if {_sex_of_titles(toks, short), _sex_of_titles(toks, cluster)} == {"m", "f"}:
        return True
    titles, others = _titles(toks, short), _titles(toks, full)
    if not titles or titles & others or len(short) < FAR_MORE * len(full) or not _womans(toks, cluster):
        return False
    return sum(word in _HE for word in toks.low) > sum(word in _SHE for word in toks.low)


def _womans(toks: Tokens, cluster: list[Name]) -> bool:
    """Whether names are a woman's, by first name, by title, or by what is said before the full one: "his wife Ilva"."""
    full = [name for name in cluster if len(name.words) > 1]
    before = (toks.low[i] for name in full for i in range(max(0, name.title - 3), name.first))
    told = any(word == "lady" or word in FEMALE for word in before)
    return told or "f" in (_first_name_sex(full), _sex_of_titles(toks, cluster))


def _titles(toks: Tokens, found: Iterable[Name]) -> set[str]:
    """The words of office and address before names, also where they begin a sentence and are no part of the name."""
    within = {toks.low[i] for name in found for i in range(name.title, name.first)}
    before = {toks.low[name.title - 1] for name in found if name.title}
    return within | {word for word in before if word in lexicons.table("titles") or person_noun(word)}


_HE, _SHE = frozenset(["he", "his", "him"]), frozenset(["she", "her", "hers"])


def _short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    full = _bare(full)
    if len(full) <= 1 or short == full:
        return False
    if len(short) == 1:
        return short[0] in (_surname(full), _acronym(full)) or (short[0] == full[0] and personal(full))
    return short[-1] == full[-1] and (short[0] == full[0] or short == full[-len(short) :]) and personal(full)


def _surname(words: tuple[str, ...]) -> str:
    """The last word, where it is the surname of a person and not the noun of a body, nor a chant's ("We Love Renn")."""
    if personal(words):
        return words[-1]
    said = any(word in lexicons.words("words") and word not in lexicons.table("names") for word in words[:-1])
    return "" if said or _bodily(words) else words[-1]


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the "Jr." behind it."""
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words


def _bodily(words: tuple[str, ...]) -> bool:
    sort = noun_class(words[-1])
    ordinary = words[-1] in lexicons.words("words") and sort is None and words[0] not in lexicons.table("names")
    return "of" in words or sort in ("group", "document") or ordinary


def _human(words: tuple[str, ...]) -> bool:
    return personal(words) and not _bodily(words)


def _acronym(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word not in ("of", "the", "for", "&"))


def _first_name_sex(cluster: list[Name]) -> str:
    sexes = {lexicons.table("names").get(name.words[0], "") for name in cluster if len(name.words) > 1} - {"", "mf"}
    return sexes.pop() if len(sexes) == 1 else ""


def _sex_of_titles(toks: Tokens, found: Iterable[Name]) -> str:
    sexes = [sex for name in found for i in range(name.title, name.first) if (sex := sex_of(toks.low[i]))]
    return max(sexes, key=sexes.count, default="")


def sex_of(word: str) -> str:
    """What a title or noun in lower case tells: "m", "f" or ""."""
    sex = lexicons.table("titles").get(word, "-")
    if sex == "-":
        sex = "f" if word.endswith(("woman", "women")) or word in FEMALE else ""
        sex = sex or ("m" if (person_noun(word) and word.endswith("man")) or word in MALE else "")
    return sex


FEMALE, MALE = lexicons.closed("female"), lexicons.closed("male")


def _party(toks: Tokens, number: int, cluster: list[Name]) -> Party:
    best = max(cluster, key=lambda name: (len(name.words), name.title < name.first))
    sex = _sex_of_titles(toks, cluster) or _first_name_sex(cluster)
    titled = any(name.title < name.first for name in cluster)
    person = titled or (len(best.words) in (2, 3, 4) and _human(_bare(best.words)))
    mentions = [(name.first, name.end) for name in cluster]
    return Party(number, NAMED, mentions, (best.first, best.end), sex, False, person)


def _described(toks: Tokens, found: list[Phrase], start: int) -> list[Party]:
    """A described party goes on where a later phrase with the same noun is definite: "an official ... the official"."""
    people: list[Party] = []
    last: dict[str, Party] = {}
    for phrase in found:
        noun = toks.low[phrase.head]
        if phrase.definite and noun in last and not _others(toks, last[noun], phrase):
            _goes_on(last[noun], phrase)
        else:
            person = person_noun(noun)
            spot = (phrase.first, phrase.end)
            party = Party(start + len(people), DESCRIBED, [spot], spot, sex_of(noun), plural(noun), person)
            last[noun] = party
            people.append(party)
    return people


def _others(toks: Tokens, party: Party, phrase: Phrase) -> bool:
    """Whether words before the noun tell them apart: "the Ostreli president", "the Verran president"."""
    mine, theirs = _before_noun(toks, phrase.first, phrase.head), _before_noun(toks, *_to_noun(toks, party.best))
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _to_noun(toks: Tokens, spot: tuple[int, int]) -> tuple[int, int]:
    head = head_of(toks, toks.span(*spot))
    return spot[0], spot[1] - 1 if head is None else head


def _before_noun(toks: Tokens, first: int, head: int) -> set[str]:
    """The names before a phrase's noun; adjectives change from one mention to the next."""
    return {toks.low[i] for i in range(first, head) if toks.capital(i) and toks.low[i] not in DETERMINERS}


def _goes_on(party: Party, phrase: Phrase) -> None:
    party.mentions.append((phrase.first, phrase.end))
    if phrase.end - phrase.first > party.best[1] - party.best[0]:
        party.best = (phrase.first, phrase.end)


def _joins(word: str) -> bool:
    """Whether a word may stand between "and" and the name that follows it."""
    office = word in lexicons.table("titles") or word in lexicons.closed("ranks") or person_noun(word)
    return office or word in DETERMINERS or "-" in word


def _groups(toks: Tokens, people: list[Party]) -> Iterator[Party]:
    """Parties named side by side: "Renn and Ek", "Renn, Ek and Osk"."""
    spots = sorted((*spot, party.number) for party in people for spot in party.mentions)
    together: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
    for row in _rows(toks, spots):
        members = tuple(dict.fromkeys(number for _, _, number in row))
        if len(members) > 1:
            together[members].append((row[0][0], row[-1][1]))
    for number, (members, mentions) in enumerate(together.items(), len(people)):
        person = all(people[member].person for member in members)
        yield Party(number, GROUP, mentions, mentions[0], "", True, person, members)


def _rows(toks: Tokens, spots: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Mentions joined by commas, the last by "and"."""
    row = spots[:1]
    for spot in spots[1:]:
        between = toks.low[row[-1][1] : spot[0]]
        if between and spot[0] >= row[-1][1] and _joined(between):
            row = [*row, spot][-MOST:]
            if "and" in between or "&" in between:
                yield row
        else:
            row = [spot]


def _joined(between: list[str]) -> bool:
    """Whether the words between two mentions are a comma, an "and" or both, and titles."""
    rest = [word for word in between if word not in (",", "and", "&")]
    return len(between) > len(rest) and between[0] in (",", "and", "&") and all(map(_joins, rest))
