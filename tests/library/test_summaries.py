"""What lists show is as if it were worked out from scratch, whatever was added, removed, decided, or interrupted."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from firsthand import upkeep as joining
from firsthand.errors import LibraryError
from firsthand.library import Library, outlets, schema, schema_summaries, sources, summaries, summing
from firsthand.library.shelf import Shelf
from firsthand.library.slugs import outlet_key, source_key
from firsthand.library.summaries import ClaimFilter
from firsthand.library.upkeep import Upkeep
from firsthand.model import Alignment, Appearance, Article, Change, Decision, Derivation, Marks, Reading, Source, Told
from tests.library import toy
from tests.library.given import article, original

BRIDGE, RAIN, MAYOR = "the bridge is shut", "rain is coming", "the mayor will go"
PEOPLE = {"Ann": "person", "Bo": "person", "officials": "unnamed", "experts": "crowd"}
OUTLETS = ["Larkmoor Post", "The Quay", "Reuters", None]
FIRST = datetime(2031, 4, 8, 12, tzinfo=UTC)
TABLES = [getattr(schema_summaries, name) for name in ("claim_day", "claim_outlet", "claim_source", "summary_text")]
ALONE = [getattr(schema_summaries, name) for name in ("source", "made", "relied", "outlet")]


def marks(found: Article) -> Marks:
    """A sentence is a statement of its first word, denied where it says so."""
    read = toy.marks(found)
    named = []
    for one in read.attributions:
        name = found.text[slice(*one.content[0])].split()[0]
        named.append(replace(one, who=Source(name, PEOPLE.get(name, "person"))))  # type: ignore[arg-type]
    return replace(read, attributions=tuple(named))


def told(reading: Reading) -> Iterator[Told]:
    """Who says it is not part of what is said; "denies" is its stance."""
    for one, attribution in zip(toy.told(reading), reading.attributions, strict=False):
        _, does, words = one.full.split(" ", 2)
        appearance = replace(
            one.appearance,
            text=words,
            who=attribution.who,
            stance="denies" if does == "denies" else "asserts",
            outlet=reading.article.outlet,
            published=reading.article.published,
        )
        assert isinstance(appearance, Appearance)
        yield replace(one, appearance=appearance, full=words, key=toy.key(words), vector=toy.vector(words))


def regroup(shelf: Shelf, gone: Sequence[str], reading: Reading | None) -> Iterable[Change]:
    groups, new = toy.Toy(shelf), list(told(reading)) if reading else []
    for one in new:
        groups.add(one)
    for appearance in sorted(set(gone) - {one.appearance.id for one in new}):
        groups.remove(appearance)
    return groups.changes


def judge(own: Article, candidates: Sequence[Article], _: Collection[int]) -> Iterator[Derivation]:
    """Of two that share their first sentence the later has it from the earlier; without times nobody knows."""
    for other in candidates:
        shared = own.text.partition(". ")[0]
        if shared == other.text.partition(". ")[0]:
            known = own.published and other.published and own.published != other.published
            earlier, later = (own, other) if known and own.published < other.published else (other, own)  # type: ignore[operator]
            span = (0, len(shared))
            passages = (Alignment(span, span),)
            way = "time" if known else "undetermined"
            yield Derivation(earlier.id, later.id, "copy", 1.0, way, passages, earlier.id, "toy")  # type: ignore[arg-type]


def joined(library: Library) -> None:
    """All is read, compared, joined, as `firsthand claims` does before it sums up."""
    upkeep = Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    upkeep.keep("toy 1", {number: marks(found) for number, found in upkeep.unread()})
    for steps in (upkeep.compare(toy.sketch, judge), upkeep.join(regroup)):
        assert [step.failures for step in steps if step.failures] == []


def summed(library: Library, most: int = 1_000_000) -> None:
    """Bring lists up to date; only so many transactions of it."""
    for _, step in zip(range(most), summing.summarise(library, joining.summarised, joining.made), strict=False):
        assert not step.failures


def put(library: Library, text: str, **fields: Any) -> str:
    found = article(text, **{"url": f"https://x.example/{toy.key(text)}", "published": FIRST, **fields})
    (outcome,) = library.add([(found, original(text.encode()))], toy.sketch)
    return outcome.id  # type: ignore[union-attr]


def shown(library: Library) -> dict[str, Any]:
    """All that lists show, by claims' ids, without numbers and times of working out."""
    with library.reading() as connection:
        claims = {row.no: row.claim for row in connection.execute(select(schema_summaries.summary))}
        rows = {"summary": sorted(_plain(row) for row in connection.execute(select(schema_summaries.summary)))}
        for table in TABLES:
            found = [(claims[row.no], *row._mapping.values()) for row in connection.execute(select(table))]
            rows[table.name] = sorted((name, *values) for name, _, *values in found)
        rows |= {table.name: sorted(tuple(row) for row in connection.execute(select(table))) for table in ALONE}
        rows["words"] = sorted(claims[no] for no in connection.execute(_EVERY).scalars())
        return rows


_OUTLET = select(schema_summaries.made.c.outlet).where(schema_summaries.made.c.version == bindparam("of"))
_EVERY = select(schema_summaries.summary_text.c.no).where(
    schema_summaries.summary_text.c.no.in_(summaries.sqlite_stale.matching('"the" OR "is"', 10_000))
)


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(value for name, value in row._mapping.items() if name not in ("no", "changed"))


def from_scratch(library: Library) -> None:
    with library.writing() as connection:
        for table in (schema_summaries.summary, schema_summaries.made, schema_summaries.relied):
            connection.execute(table.delete())
        connection.execute(schema_summaries.source.delete())
        connection.execute(schema_summaries.outlet.delete())
        connection.execute(schema_summaries.stale.delete())
        for what, column in (("claim", schema.node.c.claim), ("version", schema.reading.c.version)):
            names = connection.execute(select(column).distinct()).scalars().all()
            rows = [{"what": what, "name": str(name)} for name in names]
            if rows:
                connection.execute(schema_summaries.stale.insert(), rows)


def random_text(rng: random.Random) -> str:
    said = [BRIDGE, RAIN, MAYOR, "the ferry is late", "the port is safe"]
    sentences = rng.sample(said, rng.randint(1, 3))
    return ". ".join(f"{rng.choice([*PEOPLE])} {rng.choice(['says', 'says', 'denies'])} {one}" for one in sentences)


def act(library: Library, rng: random.Random, ids: list[str]) -> None:
    what = rng.choice(["add", "add", "again", "remove", "pin", "move", "join", "sum", "some"])
    if what in ("add", "again") or not ids:
        outlet, when = rng.choice(OUTLETS), rng.choice([None, FIRST + timedelta(days=rng.randint(0, 3))])
        url = f"https://x.example/{rng.randint(0, 8 if what == 'again' else 10**9)}"
        ids.append(put(library, random_text(rng), outlet=outlet, published=when, url=url))
    elif what == "remove":
        gone = ids.pop(rng.randrange(len(ids)))
        Upkeep(library).remove(gone, regroup)
        ids[:] = [name for name in ids if name != gone]
    elif what in ("pin", "move"):
        decided(library, rng, what)
    else:
        {"join": joined, "sum": summed, "some": lambda library: summed(library, 1)}[what](library)


def decided(library: Library, rng: random.Random, what: str) -> None:
    """Somebody chooses a claim's words, or puts a node with another claim."""
    with library.reading() as connection:
        names = connection.execute(select(schema.statement.c.id).order_by(schema.statement.c.id)).scalars().all()
    if not names:
        return

    def decide(shelf: Shelf) -> Iterator[Iterable[Change]]:
        one, other = (shelf.told(rng.choice(names)) for _ in range(2))
        assert one and other
        shelf.decide(Decision("clearest" if what == "pin" else "same", one.appearance.id, other.appearance.id))
        node, joins = shelf.node(one.key), shelf.node(other.key)
        if what == "move" and node and joins:
            shelf.keep(replace(node, claim=joins.claim))
        yield []

    Upkeep(library).decide("a test", decide)


@pytest.mark.parametrize("seed", range(6))
def test_lists_show_what_would_be_worked_out_from_scratch(library: Library, seed: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(summing, "HOLD", 0.0 if seed % 2 else 0.5)
    rng, ids = random.Random(seed), list[str]()
    for _ in range(60):
        act(library, rng, ids)
    joined(library)
    summed(library)
    with library.reading() as connection:
        assert summing.waiting(connection) == 0
    found = shown(library)
    assert found["summary"] and found["source"] and found["made"]
    from_scratch(library)
    summed(library)
    assert shown(library) == found
    with library.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connection.exec_driver_sql("INSERT INTO claim_words(claim_words) VALUES ('integrity-check')")


CHANGES = {
    "UPDATE node SET claim = 'cx' WHERE key = {node}": {("claim", "{claim}"), ("claim", "cx")},
    "DELETE FROM node WHERE key = {node}": {("claim", "{claim}")},
    "INSERT INTO node SELECT 5, rank, head, 5, 'cy' FROM node LIMIT 1": {("claim", "cy")},
    "DELETE FROM statement WHERE no = {statement}": {("claim", "{claim}")},
    "INSERT INTO statement(id, version, node, full, record, vector) "
    "SELECT 'x', version, node, full, record, vector FROM statement WHERE no = {statement}": {("claim", "{claim}")},
    "INSERT INTO decision(at, who, because, kind, one, other) VALUES ('', '', '', 'clearest', '{id}', '')": {
        ("claim", "{claim}")
    },
    "UPDATE derivation SET origin = 'x' WHERE later = {later}": {("version", "{later}"), ("claim", "*")},
    "DELETE FROM derivation WHERE later = {later}": {("version", "{later}"), ("claim", "*")},
    "INSERT INTO derivation SELECT {statement_version}, {later}, undetermined, origin, record "
    "FROM derivation WHERE later = {later} LIMIT 1": {("version", "{statement_version}"), ("claim", "{claim}")},
    "UPDATE article SET outlet = 'x' WHERE id = '{article}'": {
        ("version", "{statement_version}"),
        ("claim", "{claim}"),
    },
    "UPDATE article SET current = 9 WHERE id = '{article}'": {("version", "{statement_version}"), ("claim", "{claim}")},
    "DELETE FROM reading WHERE version = {statement_version}": {("version", "{statement_version}")},
    "INSERT INTO reading SELECT 77, model, at, vectors, marks FROM reading LIMIT 1": set(),
    "DELETE FROM made WHERE version = {statement_version}": {("outlet", "{outlet}")},
    "DELETE FROM claim_outlet WHERE outlet = '{outlet}'": {("outlet", "{outlet}")},
    "INSERT INTO claim_outlet SELECT no, 'new-outlet' FROM claim_outlet LIMIT 1": {("outlet", "new-outlet")},
    "DELETE FROM claim_source WHERE source = '{source}'": {("source", "{source}")},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_marks_what_is_worked_out_from_it(library: Library, change: str) -> None:
    copied = f"Ann says {BRIDGE}. Bo says {RAIN}"
    for n, (text, outlet) in enumerate([(copied, "The Quay"), (f"{copied}. Ann denies {MAYOR}", "Larkmoor Post")]):
        put(library, text, outlet=outlet, published=FIRST + timedelta(days=n))
    joined(library)
    summed(library)
    with library.reading() as connection:
        told = connection.execute(select(schema.statement).order_by(schema.statement.c.no)).first()
        assert told
        names = {
            "statement": told.no,
            "id": told.id,
            "article": told.id.partition("@")[0],
            "node": told.node,
            "statement_version": told.version,
            "claim": connection.execute(select(schema.node.c.claim).where(schema.node.c.key == told.node)).scalar(),
            "later": connection.execute(select(schema.derivation.c.later)).scalar(),
            "outlet": connection.execute(_OUTLET, {"of": told.version}).scalar(),
            "source": source_key("Ann"),
        }
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(change.format(**names))
        marked = {tuple(row) for row in connection.execute(select(schema_summaries.stale))}
        wanted = {(what, name.format(**names)) for what, name in CHANGES[change]}
        assert {pair for pair in wanted if pair[1] != "*"} <= marked
        assert {what for what, _ in wanted} <= {what for what, _ in marked}
        connection.rollback()


def test_what_only_one_claim_has_costs_no_other(library: Library) -> None:
    for text in (f"Ann says {BRIDGE}", f"Bo says {RAIN}"):
        put(library, text)
    joined(library)
    summed(library)
    before = shown(library)
    put(library, f"Ann says {MAYOR}", outlet=None)
    joined(library)
    with library.reading() as connection:
        assert summing.waiting(connection, "claim") == 1
    summed(library)
    assert {name for name in shown(library) if shown(library)[name] != before[name]} >= {"summary", "claim_source"}


def test_a_claim_that_fails_is_told_stays_marked_and_holds_up_no_other(library: Library) -> None:
    put(library, f"Ann says {BRIDGE}. Bo says {RAIN}")
    joined(library)

    def fail(known: Any, name: str) -> Any:
        found = joining.summarised(known, name)
        if found and found.text == RAIN:
            raise ValueError("no good")
        return found

    failures = [one for step in summing.summarise(library, fail, joining.made) for one in step.failures]
    assert [one.cause for one in failures] == ["ValueError: no good"]
    with library.reading() as connection:
        assert summing.waiting(connection, "claim") == 1
        assert [one.summary.text for one in summaries.claims(connection, ClaimFilter(), "carried", 1, 9).claims] == [
            BRIDGE
        ]
    summed(library)
    with library.reading() as connection:
        assert summing.waiting(connection) == 0


def test_what_changed_last_comes_first_and_the_same_is_not_changed(library: Library) -> None:
    put(library, f"Ann says {BRIDGE}. Bo says {RAIN}")
    joined(library)
    summed(library)
    with library.reading() as connection:
        first = {one.summary.text: one.changed for one in summaries.each(connection, ClaimFilter(), "changed", 9)}
    put(library, f"Bo says {RAIN}", published=FIRST + timedelta(days=1))
    with library.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO stale SELECT 'claim', claim FROM node WHERE true ON CONFLICT DO NOTHING"
        )
    joined(library)
    summed(library)
    with library.reading() as connection:
        found = summaries.claims(connection, ClaimFilter(), "changed", 1, 9).claims
    assert [one.summary.text for one in found] == [RAIN, BRIDGE]
    assert found[1].changed == first[BRIDGE] and found[0].changed > first[RAIN]


def test_a_claim_is_filtered_by_days_outlets_and_sources(library: Library) -> None:
    put(library, f"Ann says {BRIDGE}", outlet="The Quay")
    put(library, f"Bo denies {BRIDGE}", outlet="Larkmoor Post", published=FIRST + timedelta(days=9))
    put(library, f"officials says {RAIN}", outlet=None, published=None)
    joined(library)
    summed(library)
    with library.reading() as connection:

        def texts(**wanted: Any) -> list[str]:
            found = summaries.claims(connection, ClaimFilter(**wanted), "carried", 1, 9)
            assert found.count == len(found.claims) and found.counted
            return [one.summary.text for one in found.claims]

        assert texts(since=date(2031, 4, 8), until=date(2031, 4, 8)) == texts(since=date(2031, 4, 17)) == [BRIDGE]
        assert texts(since=date(2031, 4, 10), until=date(2031, 4, 16)) == texts(until=date(2031, 4, 7)) == []
        assert texts(outlet=outlet_key("the quay")) == texts(denied=True) == [BRIDGE]
        assert texts(source=source_key("officials")) == texts(kind="unnamed") == [RAIN]
        assert texts(words="BRIDGE shut") == texts(words='"is sh*"') == [BRIDGE]
        assert outlets.key_of(connection, "The QUAY") == outlet_key("quay")
        assert sources.key_of(connection, "two officials") == source_key("officials")
        with pytest.raises(LibraryError):
            texts(words="...")


def test_what_is_interrupted_anywhere_goes_on(library: Library, monkeypatch: Any) -> None:
    monkeypatch.setattr(summing, "HOLD", 0.0)
    rng = random.Random(5)
    for _ in range(6):
        put(library, random_text(rng), url=f"https://x.example/{rng.random()}")
    joined(library)
    interrupted, done = 0, False

    def unlucky(known: Any, name: str) -> Any:
        if rng.random() < 0.4:
            raise KeyboardInterrupt
        return joining.summarised(known, name)

    while not done:
        try:
            done = all(not step.failures for step in summing.summarise(library, unlucky, joining.made))
        except KeyboardInterrupt:
            interrupted += 1
    found = shown(library)
    from_scratch(library)
    summed(library)
    assert interrupted and shown(library) == found


def test_what_another_version_summed_up_is_out_of_date(library: Library) -> None:
    put(library, f"Ann says {BRIDGE}. Bo says {RAIN}")
    joined(library)
    for name, out_of_date in (("trace 1", 3), ("trace 1", 0), ("trace 2", 3)):
        summing.use(library, name)
        with library.reading() as connection:
            assert summing.waiting(connection, "claim", "version") == out_of_date
        summed(library)
