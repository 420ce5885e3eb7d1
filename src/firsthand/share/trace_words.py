"""What a claim rests on, in English: for the tree, the page and the drawing. All is on one line and safe to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import Appearance, Article, Edge, EdgeKind, Event, Hardening, Provenance, Root
from firsthand.share.lineage import moment
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of
from firsthand.share.wording import EVIDENCE, certainty_words, quoted

Known = Mapping[str, Article]
"""Articles by id, as far as they are at hand: for their titles."""

CREDIBILITY = ("", "confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged")
"""The steps of the Admiralty code's second digit, in its words. 1 is never suggested: only a person confirms."""

PASSIVE: dict[EdgeKind, str] = {
    "copied": "copied by",
    "rewritten": "rewritten by",
    "excerpted": "excerpted by",
    "cited": "cited by",
    "quoted": "told by",
    "same party": "named too by",
}
"""From what came first to what rests on it."""

ACTIVE: dict[EdgeKind, str] = {
    "copied": "copies",
    "rewritten": "rewrites",
    "excerpted": "has passages of",
    "cited": "cites",
    "quoted": "names",
    "same party": "names, in other words,",
}
"""From what rests on something to that."""

CORRECTED = "corrected by"
"""What an article does that withdraws or corrects what it, or another, had told."""

SHOWN = 5
"""Names of a row that are told."""

LONGEST_QUOTE = 160
"""Characters of a statement that are quoted in a sentence."""


def heading(found: Provenance) -> Iterator[str]:
    """The sentences on top: how much carries the claim, on how little it rests, and what else is known of it."""
    yield f"{carried(found)}; rests on {independent(found)}."
    yield from (sentence for event in found.events[:1] for sentence in _first(event, found))
    yield f"Evidence: {_EVIDENCE[found.evidence]}."
    if found.denials:
        yield f"Denied by {_names(found.denials)}."
    if found.doubts:
        yield f"Doubted by {_names(found.doubts)}."
    yield credibility(found)


_SMALL = frozenset(["A", "An", "The", "One", "Two", "Three", "Four", "Five", "Some", "Several", "Many", "Most", "All"])
_EVIDENCE = {
    "none": "none is mentioned",
    "withheld": "said to exist, and withheld",
    "described": "described, not shown",
    "shown": "shown",
    "eyewitness": "an eyewitness",
    "unverified": "an outlet says that it could not check it",
}


def carried(found: Provenance) -> str:
    """How many articles of how many outlets support the claim, in how many it is denied, in how many corrected."""
    corrected = correcting(found)
    articles = {article for root in found.roots for article in root.articles} - corrected
    outlets = {one.outlet.casefold() for one in found.claim.appearances if one.article in articles and one.outlet}
    denied = {article for root in found.denials for article in root.articles}
    against = f", denied in {len(denied):,}" if denied else ""
    against += f", corrected in {len(corrected):,}" if corrected else ""
    of = f" of {count(len(outlets), 'outlet')}" if outlets else ""
    return f"Carried by {count(len(articles), 'article') if articles else 'no article'}{of}{against}"


def correcting(found: Provenance) -> set[str]:
    """The articles that withdraw or correct the claim: what they tell of it again does not carry it."""
    return {one.article for one in found.claim.appearances if one.corrects}


def independent(found: Provenance) -> str:
    """The range: "1 to 2 independent roots"."""
    least, most = found.corroboration.least, found.corroboration.most
    if least == most:
        return count(least, "independent root") if least else "no root"
    return f"{least} to {most} independent roots"


def credibility(found: Provenance) -> str:
    """The digit, as a suggestion."""
    step, why = CREDIBILITY[found.credibility], one_line(found.credibility_reason)
    return f"Suggested Admiralty digit: {found.credibility} of 6 ({step}), because {why}. A person decides."


def root_words(root: Root) -> str:
    """Who a root is: "a senior official (unnamed: not authorised to comment), through AP"."""
    about = f" ({_about(root)})" if _about(root) else ""
    through = f", through {several(root.through)}" if root.through else ""
    gone = "; taken back by all that told of it" if root.withdrawn else ""
    return f"{inside(root.name)}{about}{through}{gone}"


def _about(root: Root) -> str:
    if root.kind == "unnamed":
        return f"unnamed: {one_line(root.anonymity)}" if root.anonymity else "unnamed, no reason is given"
    if root.kind == "on the record":
        return "on the record"
    return _ABOUT.get(root.kind, "")


_ABOUT = {
    "document": "a document",
    "eyewitness": "an eyewitness",
    "outlet's own": "the outlet’s own word",
    "outlet not here": "an outlet that is not here: unmeasured",
    "unknown": "not told who",
}


def hanging(root: Root, names: Names) -> str:
    """How much rests on it: "19 articles hang on it, first: ..."; who corrects it is told apart."""
    corrected = sum(map(names.corrects, root.articles))
    carrying = len(root.articles) - corrected
    first = f", first: {names.short(root.first)}" if len(root.articles) > 1 and names.when(root.first) else ""
    further = f", {corrected:,} more {'corrects' if corrected == 1 else 'correct'} it" if corrected else ""
    return f"{count(carrying, 'article')} {'hangs' if carrying == 1 else 'hang'} on it{further}{first}"


class Names:
    """What to call the articles of a claim, by id."""

    def __init__(self, found: Provenance, known: Known) -> None:
        self._known = known
        self._in = {one.id: one.article for one in found.claim.appearances}
        self._stated: dict[str, list[Appearance]] = defaultdict(list)
        for one in found.claim.appearances:
            self._stated[one.article].append(one)
        self._correcting = correcting(found)

    def article(self, article: str) -> str:
        """Outlet, time and title, as far as they are known."""
        return self.short(article) + self._title(article)

    def again(self, edge: Edge) -> bool:
        """Whether an edge leads from an outlet's article to another of the same outlet, which it does not copy."""
        earlier, later = self._in.get(edge.earlier), self._in[edge.later]
        if earlier is None or edge.kind != "cited":
            return False
        return earlier != later and self.outlet(earlier).casefold() == self.outlet(later).casefold()

    def corrects(self, article: str) -> bool:
        """Whether it withdraws or corrects the claim."""
        return article in self._correcting

    def passive(self, edge: Edge) -> str:
        """From what came first to what rests on it: "copied by"."""
        if self.corrects(self._in[edge.later]):
            return CORRECTED
        return "told again by" if self.again(edge) else PASSIVE[edge.kind]

    def short(self, article: str) -> str:
        """Outlet and time."""
        return ", ".join(filter(None, (self.outlet(article), self.when(article))))

    def outlet(self, article: str) -> str:
        """Its outlet; its id where that is not known."""
        return one_line(next((one.outlet for one in self.stated(article)), None) or article)

    def when(self, article: str) -> str:
        """When it was published; "" where that is not known."""
        published = next((one.published for one in self.stated(article)), None)
        return moment(published) if published else ""

    def stated(self, article: str) -> Sequence[Appearance]:
        """All that it says of the claim."""
        return self._stated.get(article, ())

    def _title(self, article: str) -> str:
        return f": {title_of(by_text(self._known[article])).shown}" if article in self._known else ""


def hardened(step: Hardening, found: Provenance, names: Names) -> str:
    """A step of hardening in a sentence."""
    of = {one.id: one for one in found.claim.appearances}
    earlier, later = of[step.earlier], of[step.later]
    if earlier.article == later.article:
        where = f"Within {names.outlet(later.article)}’s article, {_place(later)}"
    else:
        where = f"From {names.outlet(earlier.article)} to {names.outlet(later.article)}"
    if step.lost == "source":
        return f"{where}, the source falls away: {inside(step.before)} becomes the outlet’s own word."
    steps = [certainty_words(one.certainty) for one in (earlier, later) if one.certainty]
    return f"{where}, the wording becomes surer, from {' to '.join(f'“{one}”' for one in steps)}{_quotes(step)}."


def _quotes(step: Hardening) -> str:
    """Both statements, where their words differ."""
    before, after = shortened(step.before), shortened(step.after)
    return f": {quoted(before)} becomes {quoted(after)}" if before != after else ""


def _place(one: Appearance) -> str:
    return {"headline": "in the headline", "lead": "in the lead"}.get(one.role, "in what it reports")


def happened(event: Event, article: str, names: Names) -> str:
    """An event in a line, its time first; `article` is the one that tells of it."""
    when, outlet, what = names.when(article) or "time unknown", names.outlet(article), one_line(event.what)
    told = {
        "first report": f"first reported by {outlet}",
        "evidence": f"{EVIDENCE.get(event.what, what)}, says {outlet}",
        "denied": f"denied by {inside(what)}, says {outlet}",
        "doubted": f"doubted by {inside(what)}, says {outlet}",
        "corrected": f"corrected or withdrawn by {outlet}",
    }[event.kind]
    return f"{when}: {told}"


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """A statement on one line, cut where it is longer than `most` characters."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 2].rsplit(" ", 1)[0] + " …"


def count(number: int, noun: str) -> str:
    """A number and a noun: "1 article", "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def several(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    lines = [one_line(name) for name in names]
    return " and ".join(filter(None, [", ".join(lines[:-1]), *lines[-1:]]))


def inside(name: str) -> str:
    """A name as it stands within a sentence: "A spokeswoman for ..." begins small."""
    line = one_line(name)
    return line[:1].lower() + line[1:] if line.split(" ", 1)[0] in _SMALL else line


def some(names: Sequence[str]) -> str:
    """The first names of a row, and how many more there are."""
    rest = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return several([*names[:SHOWN], *rest])


def _names(roots: Sequence[Root]) -> str:
    return some([inside(root.name) for root in roots])


def _first(event: Event, found: Provenance) -> Iterator[str]:
    if event.kind == "first report":
        when = f", {moment(event.at)}" if event.at else ""
        yield f"First report: {one_line(event.what)}{when}."
