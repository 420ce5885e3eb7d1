"""Invented articles to measure the web page with: stories that outlets tell, copy, cite and deny, in no language.

20,000 articles, one each quarter of an hour, of 15 statements each. Some eight articles tell of a story; of one story,
2,000 do, and of one statement of it 400, of 60 outlets. Three in ten have their words from an earlier one of their
story, which may have them from another. One in a hundred has ten thousand words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bench.claims_growth import FIRST, NEW, OPEN, SAME_WORDS, Fact, World
from firsthand.model import (
    DENIED,
    STATED_AS_FACT,
    Alignment,
    Article,
    Attribution,
    Certainty,
    ChainLink,
    Evidence,
    EvidenceValue,
    Kind,
    Marks,
    Source,
    Span,
    Stance,
    Statement,
)

ARTICLES, STATEMENTS = 20_000, 15
OUTLETS, SOURCES, AGENCIES = 240, 4_000, 6
BIG, BIG_OUTLETS, ON_ONE = 2_000, 60, 400
"""Articles of the one big story, its outlets, and how many of them tell of its first statement."""

COPIED, DENYING, CITING, LONG = 0.3, 0.03, 0.2, 0.01
FILLING, FILLING_LONG, WORDS = 5, 160, 55
"""Paragraphs in which nobody says anything, of an article and of a long one, and their words."""

FACTS, BIG_FACTS = 30, 80
_UNNAMED = "official", "diplomat", "aide", "officer", "engineer", "witness"
_EVIDENCE: tuple[EvidenceValue, ...] = "none", "none", "none", "withheld", "described", "shown", "eyewitness"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. Of what somebody says in it: the fact, who, and spans within `text`."""

    text: str
    fact: Fact | None = None
    who: Source | None = None
    cue: Span = (0, 0)
    content: Span = (0, 0)
    denied: bool = False
    certainty: int = STATED_AS_FACT
    evidence: Evidence | None = None
    agency: str | None = None
    vector: bytes = b""


@dataclass(slots=True)
class Told:
    """An article before it is in a library. `spans` are those of its passages; `parent` is what it has words from."""

    article: Article
    passages: tuple[Passage, ...]
    spans: tuple[Span, ...]
    marks: Marks
    parent: Told | None = None
    id: str = ""
    version: int = 0

    def shared(self) -> tuple[Alignment, ...]:
        """The passages that stand in its parent too."""
        assert self.parent
        places = {id(one): span for one, span in zip(self.parent.passages, self.parent.spans, strict=True)}
        both = zip(self.passages, self.spans, strict=True)
        return tuple(Alignment(places[id(one)], span) for one, span in both if id(one) in places)

    @property
    def root(self) -> Told:
        """From which the wording is known first."""
        return self.parent.root if self.parent else self


@dataclass(slots=True)
class Story:
    """What is told of one thing, and by which articles."""

    facts: list[Fact]
    told: list[Told] = field(default_factory=list)


class Newsroom(World):
    """Where the articles come from."""

    def __init__(self) -> None:
        super().__init__()
        names = [self._words(2) for _ in range(OUTLETS)]
        self.outlets = [f"{one.title()} {other.title()}" for one, other in names]
        self.people = [self._person() for _ in range(SOURCES)]
        self.open: list[Story] = []
        self.big = Story([self._fact(self.noise.normal(size=384)) for _ in range(BIG_FACTS)])
        self.on_one: list[Told] = []
        self.published: dict[str, str] = {}

    def next(self) -> Told:
        """The next article."""
        n, self.count = self.count, self.count + 1
        if n % (ARTICLES // BIG) == 0:
            return self._of_big(n)
        if not self.open or self.rng.random() < NEW:
            self.open = [*self.open, Story(self._story())][-OPEN:]
        story = self.rng.choice(self.open)
        return self._new(n, story, story.told, self._outlet(OUTLETS), story.facts)

    def _of_big(self, n: int) -> Told:
        every = BIG // ON_ONE
        if n // (ARTICLES // BIG) % every:
            return self._new(n, self.big, self.big.told, self._outlet(OUTLETS), self.big.facts[1:])
        outlet = self.outlets[len(self.on_one) % BIG_OUTLETS]
        return self._new(n, self.big, self.on_one, outlet, self.big.facts, self.big.facts[:1])

    def _new(
        self, n: int, story: Story, told: list[Told], outlet: str, facts: Sequence[Fact], first: Sequence[Fact] = ()
    ) -> Told:
        parent = self.rng.choice(told[-60:]) if told and self.rng.random() < COPIED + 0.4 * bool(first) else None
        if parent:
            passages = [self._paragraph(), *parent.passages]
        else:
            chosen = [*first, *self.rng.sample(facts[len(first) :], STATEMENTS - 1 - len(first))]
            count = FILLING_LONG if self.rng.random() < LONG else FILLING
            passages = [*map(self._said, chosen), *(self._paragraph() for _ in range(count))]
            if not first:
                self.rng.shuffle(passages)
        made = self._told(n, outlet, passages, parent)
        told.append(made)
        return made

    def _told(self, n: int, outlet: str, passages: Sequence[Passage], parent: Told | None) -> Told:
        said = next(one for one in passages if one.fact)
        assert said.fact
        title = f"{' '.join(said.fact.words[:9]).capitalize()} {n}"
        text, spans = title + "\n", list[Span]()
        for one in passages:
            spans.append((len(text) + 1, len(text) + 1 + len(one.text)))
            text += f"\n{one.text}"
        published, url = FIRST + timedelta(minutes=15 * n), f"https://post.example/{n}"
        article = Article("", text, title, outlet, published=published, language="en", url=url)
        attributions = tuple(
            _attribution(one, start, outlet) for one, (start, _) in zip(passages, spans, strict=True) if one.fact
        )
        vectors = tuple(one.vector for one in passages if one.fact)
        headline = Statement((0, len(title)), Certainty(STATED_AS_FACT, STATED_AS_FACT))
        marks = Marks(attributions, (), (headline,), (self._vector(said.fact.vector), *vectors, said.vector))
        return Told(article, tuple(passages), tuple(spans), marks, parent)

    def _said(self, fact: Fact) -> Passage:
        words, number = list(fact.words), fact.number
        if self.rng.random() > SAME_WORDS:
            for place in self.rng.sample(range(2, len(words)), 3):
                words[place] = self._words(1)[0]
        who, denied = self._who(), self.rng.random() < DENYING
        agency = self.outlets[self.rng.randrange(AGENCIES)] if self.rng.random() < CITING else None
        start = f"{who.name}, {agency} reported," if agency else who.name
        verb = "denied that" if denied else "said that"
        content = f"{' '.join(words)} {number}"
        begin = len(start) + len(verb) + 2
        return Passage(
            f"{start} {verb} {content}. {' '.join(self._words(12)).capitalize()}.",
            fact,
            who,
            (len(start) + 1, begin - 1),
            (begin, begin + len(content)),
            denied,
            DENIED if denied else self.rng.choice((4, 5, STATED_AS_FACT, STATED_AS_FACT)),
            Evidence(self.rng.choice(_EVIDENCE)),
            agency,
            self._vector(fact.vector),
        )

    def _paragraph(self) -> Passage:
        return Passage(f"{' '.join(self._words(WORDS)).capitalize()}.")

    def _who(self) -> Source:
        """The n-th as often as 1/n."""
        return self.people[int(SOURCES ** self.rng.random()) - 1]

    def _outlet(self, among: int) -> str:
        return self.outlets[int(among ** self.rng.random()) - 1]

    def _person(self) -> Source:
        first, last = (word.title() for word in self._words(2))
        kind: Kind = self.rng.choice(("person", "person", "person", "organisation", "unnamed"))
        name = f"a senior {last} {self.rng.choice(_UNNAMED)}" if kind == "unnamed" else f"{first} {last}"
        return Source(name, kind, position="minister" if kind == "person" else None)


def _attribution(one: Passage, start: int, outlet: str) -> Attribution:
    assert one.who
    name = (start, start + len(one.who.name))
    who = Source(one.who.name, one.who.kind, (name,), one.who.position)
    through = [ChainLink(one.agency, "outlet", "cites", (name,))] if one.agency else []
    return Attribution(
        (name,),
        ((start + one.cue[0], start + one.cue[1]),),
        ((start + one.content[0], start + one.content[1]),),
        0.9,
        who,
        (ChainLink(outlet, "outlet", "outlet"), *through, ChainLink(who.name, who.kind, "source", (name,))),
        Certainty(one.certainty, one.certainty),
        Stance("denies" if one.denied else "asserts"),
        one.evidence,
    )
