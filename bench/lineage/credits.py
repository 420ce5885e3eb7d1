"""Wire credits as papers print them: put on an article, and known again when it is copied without."""

from __future__ import annotations

import random

from bench.lineage.page import Draft, Paragraph, Sentence, new

_DATELINE = "LARKMOOR (%s) —"
_FORMS = ("dateline", "byline", "sign-off")
_AGENCIES = (("AP", "The Associated Press"), ("Reuters", "Reuters"), ("AFP", "Agence France-Presse"))


def credited(draft: Draft, rng: random.Random) -> Draft:
    """The article with a credit to an agency: before its first sentence, under its headline, or at its end."""
    form, (short, name) = rng.choice(_FORMS), rng.choice(_AGENCIES)
    first = next(at for at, paragraph in enumerate(draft) if paragraph.role == "body")
    if form == "dateline":
        line = Sentence(tuple((word, None) for word in (_DATELINE % short).split()))
        return (*draft[:first], Paragraph((line, *draft[first].sentences)), *draft[first + 1 :])
    if form == "byline":
        return (*draft[:first], new(f"By {name}", "credit"), *draft[first:])
    return (*draft, new(f"{name} contributed to this report.", "credit"))


def without(draft: Draft) -> Draft:
    """The article without a dateline; credits that are paragraphs stay behind whenever an article is derived."""
    return tuple(
        Paragraph(tuple(line for line in paragraph.sentences if not _is_dateline(line)), paragraph.role)
        for paragraph in draft
    )


def _is_dateline(line: Sentence) -> bool:
    words = [word for word, _ in line.words]
    return any(words == (_DATELINE % short).split() for short, _ in _AGENCIES)
