"""One story that everybody prints: a report and its lightly altered copies, some of them copies of copies."""

from __future__ import annotations

from bench.lineage import edits
from bench.lineage.furniture import outlets
from bench.lineage.generate import Set, line
from bench.lineage.truth import truths
from bench.lineage.world import Made, World

SECOND_HAND = 0.25
"""Share of copies that are from an earlier copy."""
CHANGED = (0.02, 0.08)
"""Share of the words that a copy changes."""
COPIES_OF_AN_OUTLET = 3
STORY = (400, 800)
"""Words of the report, at least and at most."""


class Story(World):
    """A world of one family."""

    def __init__(self, copies: int, seed: str) -> None:
        super().__init__(0, 600, f"{seed}/story")
        self.outlets = outlets(max(12, copies // COPIES_OF_AN_OUTLET), self.words, self.rng)
        self.copies = copies

    def fill(self) -> list[Made]:
        """The report, then its copies."""
        long = next(number for number, one in enumerate(self.found) if STORY[0] <= one.words <= STORY[1])
        root = self._original(long, {}, timed=True)
        for _ in range(self.copies):
            second = self.rng.random() < SECOND_HAND
            self._print(self.rng.choice(self.made) if second else root)
        return list(self.made)

    def _print(self, parent: Made) -> None:
        draft = edits.lightly(self._copied(parent), self.rng.uniform(*CHANGED), self.words, self.rng)
        self._child([parent], "copy of a story", draft)


def story(copies: int, seed: str) -> Set:
    """A report and so many copies. Raises MissingData without the shared folder."""
    made = Story(copies, seed).fill()
    names = {one.id: f"S{at:05}" for at, one in enumerate(made)}
    return Set(tuple(line(one, names[one.id]) for one in made), tuple(truths(made, names, ())))
