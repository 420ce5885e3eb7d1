"""`firsthand decide`, `claims --history`, `remove`: claims of a library by hand, from articles to output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from firsthand.cli.main import main
from firsthand.library import Library

ARTICLES = {
    "dam.txt": "The dam at Larkmoor will be closed on 4 May, the engineer Ida Brenn said. "
    "Mayor Olaf Quist denied that the dam would be closed.",
    "dam-again.txt": "Larkmoor dam is to be closed on 4 May, engineer Ida Brenn said on Monday.",
    "swans.txt": "Police chief Una Marsk said that eleven swans were stolen from the lake in Vennick.",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose articles are read."""
    folder = tmp_path_factory.mktemp("news")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    place = folder / "l.db"
    assert main(["add", "--library", str(place), *(str(folder / name) for name in ARTICLES)]) == 0
    assert main(["claims", "--library", str(place), "--output", str(folder / "claims.jsonl")]) == 0
    return place


@pytest.fixture
def place(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    (tmp_path / "l.db").write_bytes(kept.read_bytes())
    return tmp_path / "l.db"


@pytest.fixture
def ask(place: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(command: str, *arguments: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main([command, "--library", str(place), *arguments]) == status
        told = capsys.readouterr()
        return told.out if status == 0 else told.err

    return asked


def claims(ask: Any) -> dict[str, list[str]]:
    """Appearances by claim."""
    lines = [json.loads(line) for line in ask("claims", "--format", "jsonl").splitlines()]
    return {
        one["id"]: [f"{a['article']}@{a['spans'][0][0]}-{a['spans'][-1][1]}" for a in one["appearances"]]
        for one in lines
    }


def two(ask: Any) -> tuple[str, str]:
    """A claim on the dam and one on the swans, which have nothing in common."""
    swans = ask("list", "--format", "jsonl").splitlines()
    (lake,) = (json.loads(line)["id"] for line in swans if "swans" in json.loads(line)["origin"])
    found = claims(ask)
    stolen = next(claim for claim, names in found.items() if names[0].startswith(lake))
    return next(claim for claim in found if claim != stolen), stolen


def test_claims_are_merged_and_the_history_says_who_and_why(ask: Any) -> None:
    dam, swans = two(ask)
    before = claims(ask)
    ask("decide", "merge", dam, swans, "--because", "a test, no more")
    after = claims(ask)
    assert len(after) < len(before)
    assert any(set(before[dam]) | set(before[swans]) <= set(names) for names in after.values())
    kept = next(claim for claim, names in after.items() if set(before[dam]) <= set(names))
    assert ": a test, no more" in ask("claims", "--history", kept)
    lines = [json.loads(line) for line in ask("claims", "--history", kept, "--format", "jsonl").splitlines()]
    assert any(line["by"] and line["by"]["because"] == "a test, no more" for line in lines)
    gone = swans if kept == dam else dam
    assert ask("claims", "--history", gone) == ask("claims", "--history", kept)  # an old id is known still


def test_what_was_merged_can_be_split_and_a_machine_leaves_it(ask: Any, tmp_path: Path) -> None:
    dam, swans = two(ask)
    stolen = claims(ask)[swans]
    ask("decide", "merge", dam, swans, "--because", "a test")
    ask("decide", "split", *stolen, "--because", "it was one")
    (tmp_path / "more.txt").write_text(ARTICLES["swans.txt"] + " He was sad, she said.")
    ask("add", str(tmp_path / "more.txt"))
    found = claims(ask)
    (again,) = (names for names in found.values() if set(stolen) & set(names))
    assert set(stolen) <= set(again)
    assert not any(name.split("@")[0] in {n.split("@")[0] for n in found.get(dam, [])} for name in stolen)


def test_the_words_of_a_claim_are_chosen(ask: Any) -> None:
    found = claims(ask)
    claim, names = max(found.items(), key=lambda pair: len(pair[1]))
    assert ", pinned: “" in ask("decide", "pin", names[-1], "--because", "clear")
    assert json.loads(next(line for line in ask("claims", "-f", "jsonl").splitlines() if claim in line))["text"]


def test_the_log_of_actions_says_who_decided_what(ask: Any, place: Path) -> None:
    from firsthand.library.actions import Asked, actions
    from firsthand.library.log import user

    claim, names = next(iter(claims(ask).items()))
    ask("decide", "pin", names[0], "--because", "clear")
    with Library.open(place) as library, library.reading() as connection:
        (one,) = actions(connection, Asked())
    assert (one.who, one.what, one.on, one.detail) == (user(), "words pinned", claim, f"{names[0]}: clear")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["merge", "cffff", "ceeee"], "cffff: no claim has this id"),
        (["split", "a@1-2"], "a@1-2: no statement has this id"),
        (["pin", "\x1b[2J"], "no statement has this id"),
    ],
)
def test_what_is_not_there_is_told(ask: Any, arguments: list[str], told: str) -> None:
    error = ask("decide", *arguments, "--because", "x", status=1)
    assert told in error and error.count("\n") == 1 and "\x1b" not in error


def test_one_claim_cannot_be_merged_nor_all_of_it_split(ask: Any) -> None:
    claim, names = next(iter(claims(ask).items()))
    assert "is the same claim already" in ask("decide", "merge", claim, claim, "--because", "x", status=1)
    assert "nothing would be left" in ask("decide", "split", *names, "--because", "x", status=1)
    assert "no claim has, or had, this id" in ask("claims", "--history", "c00", status=1)


@pytest.mark.parametrize(
    "arguments", [["merge", "a"], ["pin", "a", "b"], ["split", "a", "--because", " "], ["undo", "a"]]
)
def test_wrong_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["decide", *arguments, *([] if "--because" in arguments else ["--because", "x"])])
    assert ended.value.code == 2


def test_a_removed_article_takes_its_claims_with_it(ask: Any) -> None:
    _, swans = two(ask)
    article = claims(ask)[swans][0].split("@")[0]
    ask("remove", "--yes", article)
    assert not any(name.startswith(article) for names in claims(ask).values() for name in names)
    assert "nothing is left of it" in ask("claims", "--history", swans)


def test_ids_and_their_beginnings_are_known_after_a_merge(ask: Any, capsys: pytest.CaptureFixture[str]) -> None:
    dam, swans = two(ask)
    ask("decide", "merge", dam, swans, "--because", "a test")
    kept = next(claim for claim in (dam, swans) if claim in claims(ask))
    gone = swans if kept == dam else dam
    assert ask("claims", "--history", gone[:6]) == ask("claims", "--history", kept)
    assert " UTC  " in ask("claims", "--history", gone[:6])
    capsys.readouterr()
    assert json.loads(ask("trace", gone[:6], "-f", "json"))["id"] == kept


def test_each_appearance_has_the_id_that_a_decision_takes(ask: Any) -> None:
    for line in ask("claims", "--format", "jsonl").splitlines():
        for one in json.loads(line)["appearances"]:
            assert one["id"] == f"{one['article']}@{one['spans'][0][0]}-{one['spans'][-1][1]}"


def test_the_ids_that_begin_so_are_told(ask: Any) -> None:
    every = sorted(claims(ask))
    error = ask("trace", "c", status=1)
    assert f"several claims have an id that begins so: {', '.join(every[:5])}" in error


@pytest.mark.parametrize("drawn", ["{}’s wall", "‘{}’s’ “wall”", "{}'s WALL", "'{}´s'"])
@pytest.mark.parametrize("written", ["'", "’"])
def test_words_are_found_however_quotes_are_drawn(ask: Any, tmp_path: Path, drawn: str, written: str) -> None:
    article = tmp_path / "wall.txt"
    article.write_text(f"The minister, Ada Holm, said Vennick{written}s wall would be torn down on Friday.")
    ask("add", str(article))
    assert "torn down" in ask("trace", drawn.format("Vennick"))
    capture = ask("trace", drawn.format("Vennick"), "-f", "json")
    assert main(["trace", drawn.format("Vennick"), "--in", str(article)]) == 0
    assert "torn down" in capture


FERRY = Path(__file__).resolve().parents[2] / "examples/ferry"


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the example, where claims are near one another."""
    place = tmp_path_factory.mktemp("ferry") / "l.db"
    assert main(["add", "--library", str(place), str(FERRY)]) == 0
    assert main(["claims", "--library", str(place), "--output", str(place.with_suffix(".jsonl"))]) == 0
    return place


@pytest.fixture
def near(ferry: Path, place: Path) -> None:
    """Lets `ask` be of the example."""
    place.write_bytes(ferry.read_bytes())


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    """Ids of claims that are not what they were."""
    return {one for one in before.keys() | after.keys() if set(before.get(one, ())) != set(after.get(one, ()))}


def most_carried(found: dict[str, list[str]]) -> list[str]:
    return sorted(found, key=lambda one: -len(found[one]))


@pytest.mark.usefixtures("near")
def test_a_merge_of_two_moves_those_two_only(ask: Any) -> None:
    before = claims(ask)
    great, *_, small = most_carried(before)
    told = ask("decide", "merge", great, small, "--because", "near")
    assert changed(before, claims(ask)) == {great, small} and "also took in" not in told


@pytest.mark.usefixtures("near")
def test_what_is_split_founds_its_own_claim_also_after_other_decisions(ask: Any) -> None:
    first, second, third, *_ = most_carried(claims(ask))
    ask("decide", "merge", second, third, "--because", "near")
    before = claims(ask)
    name = sorted(before[first])[-1]
    ask("decide", "split", name, "--because", "another thing")
    after = claims(ask)
    (new,) = (claim for claim, names in after.items() if name in names)
    assert after[new] == [name] and changed(before, after) == {first, new}
    assert f"{new} split from it" in (told := ask("claims", "--history", first)) and ": another thing" in told
    assert f"split from {first}" in (told := ask("claims", "--history", new)) and ": another thing" in told


def test_the_history_tells_whose_words_were_chosen(ask: Any) -> None:
    claim, names = next(iter(claims(ask).items()))
    ask("decide", "pin", names[0], "--because", "clear")
    assert "its words were chosen" in (told := ask("claims", "--history", claim)) and ": clear" in told
    (last,) = [json.loads(line) for line in ask("claims", "--history", claim, "-f", "jsonl").splitlines()][-1:]
    assert last["action"] == "pinned" and last["by"]["statements"] == [names[0]]
