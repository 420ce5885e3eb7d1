"""Our own marked texts, and the marks themselves."""

import re
from pathlib import Path

import pytest

from training.made import BadMarkup, row, rows

REPORTS = Path(__file__).parents[2] / "training" / "made" / "reports.txt"


@pytest.fixture(scope="module")
def reports():
    return rows(REPORTS)


def words_of(made, spans):
    return [made["text"][start:end] for start, end in spans]


def test_every_report_is_read(reports):
    assert len(reports) == len(re.findall(r"^=== ", REPORTS.read_text(encoding="utf-8"), re.MULTILINE))
    assert len({made["id"] for made in reports}) == len(reports)


def test_a_report_is_a_headline_and_paragraphs(reports):
    for made in reports:
        headline, body = made["text"].split("\n\n", 1)
        assert "\n" not in headline and body.strip(), made["id"]


def test_no_mark_is_left_in_a_report(reports):
    assert not [made["id"] for made in reports if re.search(r"[{}|]|[sct]\d", made["text"])]


def test_every_attribution_has_one_cue_and_a_content(reports):
    for made in reports:
        for attribution in made["attributions"]:
            assert len(attribution["cue"]) == 1 and attribution["content"], made["id"]


def test_spans_are_within_their_text(reports):
    for made in reports:
        spans = [span for a in made["attributions"] for role in ("source", "cue", "content") for span in a[role]]
        assert all(0 <= start < end <= len(made["text"]) for start, end in spans), made["id"]


def test_marks_nest():
    made = row("x", "{s1|She} {c1|said} {t1|that {s2|he} {c2|knew} {t2|of it}}.")
    assert made["text"] == "She said that he knew of it."
    outer, inner = made["attributions"]
    assert words_of(made, outer["content"]) == ["that he knew of it"]
    assert [words_of(made, inner[role]) for role in ("source", "cue", "content")] == [["he"], ["knew"], ["of it"]]


def test_a_content_may_have_a_gap():
    made = row("x", "{t1|“No,”} {s1|he} {c1|said}. {t1|“Never.”}")
    assert words_of(made, made["attributions"][0]["content"]) == ["“No,”", "“Never.”"]


def test_a_source_may_be_missing():
    assert row("x", "{t1|It} {c1|reportedly} {t1|sank}.")["attributions"][0]["source"] == []


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("{c1|said", "cue 1 is never closed"),
        ("He said} so", "stray '}' at 7, near 'He said} so'"),
        ("{q1|said}", "stray '{' at 0"),
        ("{c1|said }{t1|so}", "cue 1 is no whole words"),
        ("{c1|sa}id {t1|so}", "cue 1 is no whole words"),
        ("{c1|said}{t1|}", "content 1 is no whole words"),
        ("{t1|so}", "attribution 1 has 0 cues"),
        ("{c1|said} {t1|so} {c1|said}", "attribution 1 has 2 cues"),
        ("{c1|said}", "0 contents"),
        ("{t1|so {c1|said}}", "attribution 1 overlaps itself"),
    ],
)
def test_bad_marks_are_named(marked, complaint):
    with pytest.raises(BadMarkup, match=re.escape(complaint)) as raised:
        row("harbour", marked)
    assert str(raised.value).startswith("harbour: ")


def test_text_before_the_first_title_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Hello\n=== one\nA\n\nB\n", encoding="utf-8")
    with pytest.raises(BadMarkup, match="before the first"):
        rows(tmp_path / "a.txt")


def test_a_name_is_used_once(tmp_path):
    (tmp_path / "a.txt").write_text("=== one\nA\n=== one\nB\n", encoding="utf-8")
    with pytest.raises(BadMarkup, match="more than one text is called one"):
        rows(tmp_path / "a.txt")
