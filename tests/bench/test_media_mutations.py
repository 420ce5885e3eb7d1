"""The bench of broken media files: the honest ones are read whole, the broken ones are the same for the same seed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bench import media_mutations as mutations
from bench import media_mutators as mutators
from bench import media_seeds as seeds
from bench.media_mutations import KINDS, Tally, Told
from firsthand.media import metadata, sound, stills


@pytest.mark.parametrize("kind", seeds.SEEDS)
def test_honest_files_are_read_whole(tmp_path: Path, kind: str) -> None:
    for name, made in seeds.SEEDS[kind].items():
        path = tmp_path / f"{name}{mutations.SUFFIXES[kind]}"
        path.write_bytes(made())
        told = metadata.read(path)
        assert not told.remarks
        assert told.dates
        assert kind == "wav" or len(stills.of(path, [0.0], 40)) == 1
        assert kind not in ("wav", "mp4") or sound.print_of(path).duration > 0.5


def test_the_same_seed_breaks_the_same_way() -> None:
    first, again, other = ([*mutations.mutants(40, seed)] for seed in (1, 1, 2))
    unsigned = [number for number, mutant in enumerate(first) if "c2pa" not in mutant.name]
    assert [first[number] for number in unsigned] == [again[number] for number in unsigned]
    assert [first[number] for number in unsigned] != [other[number] for number in unsigned]
    assert {mutant.name.split("-")[1].partition(".")[0] for mutant in first} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS)))
def test_every_mutation_changes_something(kind: str) -> None:
    honest = seeds.XMP.encode() if kind == "xmp" else seeds.jpeg() if kind == "c2pa" else seeds.SEEDS[kind]["plain"]()
    for mutate in (*mutators.BLIND, *mutators.BY_KIND[kind]):
        made = [mutate(Random(seed), bytearray(honest)) for seed in range(8)]
        assert any(one != honest for one in made), mutate.__name__
        assert all(isinstance(one, bytes) for one in made)


@pytest.mark.parametrize("kind", ["jpeg", "png", "mp4"])
def test_a_packet_is_embedded_where_it_is_looked_for(tmp_path: Path, kind: str) -> None:
    packet = seeds.XMP.replace("old exercise 2027", "another clip").encode()
    path = tmp_path / f"a{mutations.SUFFIXES[kind]}"
    path.write_bytes(mutations._embedded(kind, seeds.SEEDS[kind]["plain"](), packet))
    assert any(ingredient.name == "another clip.mp4" for ingredient in metadata.read(path).ingredients)


def test_what_is_counted() -> None:
    tally = Tally()
    for outcome, seconds in (("read", 0.5), ("refused", 2.0), ("died", 0.1)):
        tally.take(Told("sound", f"{outcome}.wav", outcome, "why", seconds, 9 << 20))
    told = mutations.figures(tally)
    assert told["outcomes"] == {"sound": {"read": 1, "refused": 1, "died": 1}}
    assert told["slowest, s"] == {"sound": [2.0, "refused.wav"]}
    assert told["memory, MiB"] == {"sound": [9, "read.wav"]}
    assert told["odd"] == [["sound", "died.wav", "died", "why"]]
    assert told["causes"] == {"sound: why": 1}
    json.dumps(told)
