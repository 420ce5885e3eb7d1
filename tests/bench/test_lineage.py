"""The generator of articles with known lineage."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bench.data import ROOT, MissingData, Record, read_jsonl
from bench.lineage import edits, originals, seeds
from bench.lineage.exchange import BAND, Exchange
from bench.lineage.furniture import Outlet, furnished, outlets
from bench.lineage.generate import Set, generate, write_many
from bench.lineage.page import Page, derived, furniture, new, page, shared
from bench.lineage.truth import Truth, read, record

WORDS = edits.Words(["The ferry to Verran was late again, and nobody at the quay could say why it was so."])
HEADLINE = new("Ferry late again", "headline")
BODY = (
    new("The ferry to Verran was late on Monday. Nobody at the quay could say why. The harbour master was away."),
    new('"We wait," said Ilva Renn, who has waited since noon. She had brought a chair, a book and a lamp.'),
    new("The next ferry leaves at nine."),
)


@pytest.fixture
def parent() -> Page:
    return page("p", (HEADLINE, new("Home News Sport", "furniture"), *BODY))


@pytest.fixture(scope="module")
def made() -> Set:
    try:
        return generate(400, seeds.DEVELOPMENT[0])
    except MissingData as missing:
        pytest.skip(str(missing))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def bare(text: str, truth: Truth) -> str:
    for start, end in reversed(truth.furniture):
        text = text[:start] + text[end:]
    return text


def texts(of: Set) -> dict[str, str]:
    return {record["id"]: record["text"] for record in of.articles}


def test_a_page_knows_where_its_words_stand(parent: Page) -> None:
    assert parent.text.startswith(
        "Ferry late again\n\nHome News Sport\n\nThe ferry to Verran was late on Monday. Nobody"
    )
    lines = [sentence for paragraph in parent.draft for sentence in paragraph.sentences]
    for sentence, spans in zip(lines, parent.spans, strict=True):
        assert [parent.text[start:end] for start, end in spans] == [word for word, _ in sentence.words]
    assert [parent.text[start:end] for start, end in furniture(parent)] == ["Home News Sport"]


def test_a_copy_is_one_stretch_for_each_that_its_parent_has_in_one_piece(parent: Page) -> None:
    copy = page("c", derived(parent))
    assert [(parent.text[s.earlier[0] : s.earlier[1]], s.parent) for s in shared(copy)] == [
        ("Ferry late again", "p"),
        (parent.text[parent.text.index("The ferry") :], "p"),
    ]
    assert copy.text == parent.text.replace("Home News Sport\n\n", "")


def test_a_new_sentence_ends_a_stretch(parent: Page) -> None:
    _, first, *rest = derived(parent)
    copy = page("c", (first, new("Read more: a boat sank."), *rest))
    earlier = [parent.text[slice(*s.earlier)] for s in shared(copy)]
    later = [copy.text[slice(*s.later)] for s in shared(copy)]
    assert earlier == later
    assert [text.split()[0] for text in later] == ["The", '"We']


def test_changed_words_at_the_edges_are_not_shared(parent: Page) -> None:
    (first, *others) = derived(parent)[1].sentences[0].words
    line = replace(derived(parent)[1].sentences[0], words=(("Some", None), *others))
    copy = page("c", (replace(BODY[0], sentences=(line,)),))
    assert [copy.text[slice(*s.later)] for s in shared(copy)] == ["ferry to Verran was late on Monday."]
    assert first[0] == "The"


@pytest.mark.parametrize("rate", [0.1, 0.25, 0.5])
def test_a_rewrite_changes_as_many_words_as_it_says(rate: float) -> None:
    rng = random.Random(1)
    long = page("p", tuple(new(" ".join(f"w{n}" for n in range(start, start + 40))) for start in range(0, 4000, 40)))
    changed = page("c", edits.lightly(derived(long), rate, WORDS, rng))
    kept = sum((Counter(words(long.text)) & Counter(words(changed.text))).values())
    inserted = len(words(changed.text)) - kept
    assert 4000 - kept == pytest.approx(4000 * rate * 2 / 3, rel=0.1)
    assert inserted == pytest.approx(4000 * rate * 2 / 3, rel=0.1)


def test_sentences_are_split_and_merged_without_losing_a_word(parent: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SPLIT", "MERGED"):
        monkeypatch.setattr(edits, name, 1)
    for name in ("SWAPPED", "RESTYLED"):
        monkeypatch.setattr(edits, name, 0)
    changed = page("c", edits.rewritten(derived(parent), 0, WORDS, random.Random(1)))
    assert Counter(words(changed.text)) - Counter(words(parent.text)) == Counter({"and": 3})
    assert "Monday, and nobody" in changed.text
    assert re.search(r"(a chair\. A book)|(Renn\. Who|We wait)", changed.text)


def test_marks_change_and_words_stay() -> None:
    curly = (new("“We wait,” said Renn — she’d been there since noon."),)
    straight = page("s", tuple(edits.restyled(curly, random.Random(1)))).text
    assert straight == '"We wait," said Renn -- she\'d been there since noon.'


def test_an_excerpt_has_three_to_eight_paragraphs_or_forty_words(parent: Page) -> None:
    long = page("p", (HEADLINE, *(BODY[0] for _ in range(12))))
    for seed in range(30):
        assert 3 <= len(edits.excerpt(derived(long), random.Random(seed))) <= 8
    assert len(edits.excerpt(derived(parent), random.Random(1))) == 3


def test_an_outlet_prints_what_is_its_own() -> None:
    rng = random.Random(3)
    papers = outlets(30, WORDS, rng)
    assert len({paper.name for paper in papers}) == 30
    assert any(paper.plain for paper in papers) and not all(paper.plain for paper in papers)
    paper = next(paper for paper in papers if not paper.plain)
    printed = page("c", furnished((HEADLINE, *BODY), paper, rng))
    assert furniture(printed)
    assert furnished(BODY, Outlet("Plain", (), (), (), ()), rng) == BODY


def test_as_many_as_asked_and_the_same_again(made: Set) -> None:
    assert len(made.articles) == len(made.truths) == len(texts(made)) == 400
    again = generate(400, seeds.DEVELOPMENT[0])
    assert again.articles == made.articles
    assert again.truths == made.truths


def test_another_seed_makes_another_set(made: Set) -> None:
    assert not set(texts(made).values()) & set(texts(generate(60, seeds.DEVELOPMENT[1])).values())
    assert seeds.REPORT not in seeds.DEVELOPMENT


def test_every_case_is_there(made: Set) -> None:
    cases = {truth.case.split(",")[0] for truth in made.truths}
    assert cases >= {"original", "verbatim", "shortened", "embedded", "chain", "credit added", "no times"}
    assert {f"rewrite {rate}%" for rate in (10, 15, 20, 25)} <= cases
    assert any(truth.events for truth in made.truths) and any(truth.furniture for truth in made.truths)


def test_true_ranges_lie_in_their_texts_and_share_their_words(made: Set) -> None:
    text = texts(made)
    kept = 1.0
    for truth in made.truths:
        for parent in truth.parents:
            assert parent.passages
            one = [word for earlier, _ in parent.passages for word in words(text[parent.id][slice(*earlier)])]
            two = [word for _, later in parent.passages for word in words(text[truth.id][slice(*later)])]
            kept = sum((Counter(one) & Counter(two)).values()) / max(len(one), len(two))
            assert kept > 0.6 if "rewrite" in truth.case or "chain" in truth.case else kept > 0.9
            assert all(0 <= start < end <= len(text[truth.id]) for _, (start, end) in parent.passages)


def test_the_edges_of_true_ranges_are_edges_of_words(made: Set) -> None:
    text = texts(made)
    for truth in made.truths:
        for _, (start, end) in (passage for parent in truth.parents for passage in parent.passages):
            assert not text[truth.id][start].isspace() and not text[truth.id][end - 1].isspace()
            assert start == 0 or text[truth.id][start - 1].isspace()


def test_originals_share_no_wording() -> None:
    try:
        found = originals.originals()
    except MissingData as missing:
        pytest.skip(str(missing))
    some = random.Random(5).sample(found, 120)
    grams = [{gram for text in one.paragraphs for gram in originals.grams(text)} for one in some]
    assert max(len(a & b) for a, b in combinations(grams, 2)) < originals.TOO_MUCH


def test_another_world_shares_none_with_polnear_and_is_as_long() -> None:
    try:
        here, there = originals.world(0, "x"), originals.world(1, "x")
    except MissingData as missing:
        pytest.skip(str(missing))
    assert [one.words for one in here] == [one.words for one in there]
    a, b = (
        {gram for one in some[:100] for text in one.paragraphs for gram in originals.grams(text)}
        for some in (here, there)
    )
    assert len(a & b) < len(a) / 500


def test_words_are_exchanged_for_words_as_frequent_and_capitals_stay() -> None:
    ranked = [f"a{'bcdefghij'[n // 100]}{'bcdefghijk'[n // 10 % 10]}{'bcdefghijk'[n % 10]}" for n in range(300)]
    other = Exchange(ranked, random.Random(1))
    common, rare = ranked[5], ranked[250]
    assert other(f"{common} {common.upper()}") == f"{common} {common.upper()}"
    new = other(rare)
    assert new != rare and abs(ranked.index(new) - 250) < BAND
    assert other(f"“{rare.capitalize()},” 10 {rare.upper()}—x").split()[0] == f"“{new.capitalize()},”"
    assert other(f"{rare.upper()}—Zzz") == f"{new.upper()}—Zzz"
    assert other("10 1010") == " ".join((other("10"), other("10") * 2)) != "10 1010"


def test_many_without_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.lineage.generate.WORLD", 50)
    try:
        write_many(120, "verran", tmp_path / "many.jsonl")
    except MissingData as missing:
        pytest.skip(str(missing))
    records = read_jsonl(tmp_path / "many.jsonl")
    assert len({record["id"] for record in records}) == len({record["text"] for record in records}) == 120
    assert len({record["outlet"].split()[-1] for record in records}) == 3


def test_what_is_derived_is_later_and_says_what_tells(made: Set) -> None:
    when = {record["id"]: record.get("published", "") for record in made.articles}
    for truth in made.truths:
        for parent in truth.parents:
            assert (parent.direction == "time") == bool(when[truth.id])
            assert not when[truth.id] or when[parent.id] < when[truth.id]


def test_ties_hold_all_that_the_parent_gave(made: Set) -> None:
    text = {truth.id: words(bare(texts(made)[truth.id], truth)) for truth in made.truths}
    grams = {name: {tuple(one[at : at + 5]) for at in range(len(one) - 4)} for name, one in text.items()}
    tied = [(truth, parent) for truth in made.truths for parent in truth.parents if parent.ties]
    assert tied
    for truth, parent in tied:
        given = grams[truth.id] & grams[parent.id]
        assert all(len(given - grams[other]) <= 12 for other in parent.ties)  # two credits stand between words


def test_ids_tell_nothing(made: Set) -> None:
    cases = [truth.case.startswith("original") for truth in sorted(made.truths, key=lambda truth: truth.id)]
    assert 0.3 < sum(cases[:200]) / sum(cases) < 0.7


def test_truth_is_read_as_it_was_written(made: Set) -> None:
    lines = [json.loads(json.dumps(record(truth))) for truth in made.truths]
    assert tuple(read(line) for line in lines) == made.truths


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    try:
        originals.originals()
    except MissingData as missing:
        pytest.skip(str(missing))
    paths = [str(tmp_path / name) for name in ("a.jsonl", "t.jsonl")]
    subprocess.run([sys.executable, "-m", "bench.lineage", *paths, "--number", "60"], cwd=ROOT, check=True, timeout=60)
    articles: list[Record] = read_jsonl(tmp_path / "a.jsonl")
    known: list[Truth] = [read(line) for line in read_jsonl(tmp_path / "t.jsonl")]
    assert [record["id"] for record in articles] == [truth.id for truth in known]
    assert len(articles) == 60


def test_without_the_texts_the_command_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.lineage", str(tmp_path / "a.jsonl")],
        cwd=ROOT, env={"FIRSTHAND_SHARED": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.fullmatch(r"bench\.lineage: .*train\.jsonl is not there.*\n", done.stderr)
