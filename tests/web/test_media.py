"""Media on the pages and by the API: what is taken and refused, what the worker makes of it, what people add."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand import checking
from firsthand.checking import Added
from firsthand.config import Settings
from firsthand.errors import MediaError
from firsthand.library import Library, media, media_checks, media_files, media_notes
from firsthand.library.actions import Asked, actions
from firsthand.model import MediaFile, MediaReport
from firsthand.share.media_words import UNREAD_NEXT
from firsthand.web import media_reports
from tests.media_given import ANSWERS, HERE, REPORT, hostile, jpeg, kept
from tests.web.asking import send, send_json, word
from tests.web.ids import known
from tests.web.working import work

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient

PICTURE = jpeg(5)
NONE = "0" * 64
DIGEST = hashlib.sha256(PICTURE).hexdigest()


def drop(client: TestClient, content: bytes = PICTURE, name: str = "bridge.jpg", **fields: Any) -> Response:
    return send(client, "/media", files={"file": (name, content, "image/jpeg")}, **fields)


def check_of(answer: Response) -> str:
    """The id of what was handed in, which was confirmed."""
    assert answer.status_code == 303, answer.text
    place = str(answer.headers["location"])
    assert place.startswith("/media/checks/m")
    return place.rpartition("/")[2]


def state_of(client: TestClient, name: str) -> Any:
    answer = client.get(f"/media/checks/{name}.json")
    assert answer.status_code == 200
    return answer.json()


def keep(library: Path, report: MediaReport = REPORT) -> int:
    with Library.open(library) as opened, opened.writing() as connection:
        return media_notes.keep_report(connection, report, "ann")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Any]]:
    """A check that reads nothing, with what it was asked."""
    asked: list[tuple[Path, Any]] = []

    def check(library: Library, path: Path, wanted: Any, told: Callable[[str], None], _: Any) -> MediaReport:
        told("its pictures")
        asked.append((path, wanted))
        sha256 = media_files.sha256_of(path)[0]
        return replace(REPORT, file=MediaFile(sha256, wanted.name, 5, "image/jpeg"), claimed=wanted.claimed)

    def add(library: Library, path: Path, who: str, *, told: Any, **said: Any) -> Added:
        file = MediaFile(media_files.keep(library.path, path)[0], said["name"], path.stat().st_size, "image/jpeg")
        with library.writing() as connection:
            media.add(connection, file, who, said["outlet"], said["origin"], said["claimed"])
        return Added(file, new=True)

    for name, act in (("check", check), ("add", add), ("catch_up", lambda library: iter(()))):
        monkeypatch.setattr(checking, name, act)
    return asked


def test_a_picture_is_checked_and_its_report_is_shown(client: TestClient, ferry: Path) -> None:
    name = check_of(drop(client, time="2031-02-18", place="Kestrel Bridge"))
    page = client.get(f"/media/checks/{name}").text
    assert "Waiting for its turn." in page and '<meta http-equiv="refresh" content="3">' in page
    assert (media_checks.folder_of(ferry) / DIGEST).read_bytes() == PICTURE
    work(ferry)
    told = state_of(client, name)
    assert (told["state"], told["cause"], told["sha256"]) == ("done", None, DIGEST)
    shown = client.get(f"/media/checks/{name}")
    assert shown.url.path == f"/media/reports/{told['report']}"
    assert "bridge.jpg" in shown.text and "Kestrel Bridge" in shown.text and "image/jpeg" in shown.text
    assert client.get(f"/media/reports/{told['report']}.json").json()["file"]["sha256"] == DIGEST
    assert f'href="/media/reports/{told["report"]}"' in client.get("/media").text


def test_what_is_claimed_is_what_is_checked(client: TestClient, ferry: Path, quick: list[tuple[Path, Any]]) -> None:
    claim = known(client.app)["claims"]
    fields = {"time": "2031-02-18 18:30+02:00", "place": " Kestrel  Bridge ", "claim": claim, "outlet": "Skarv Post"}
    name = check_of(drop(client, name="C:\\clips\\bridge.jpg", **fields))
    work(ferry)
    ((path, asked),) = quick
    assert path == media_checks.folder_of(ferry) / DIGEST
    assert (asked.claimed.time, asked.claimed.place, asked.claimed.claim) == (fields["time"], "Kestrel Bridge", claim)
    assert (asked.name, asked.outlet) == ("bridge.jpg", "Skarv Post")
    with Library.open(ferry) as library, library.reading() as connection:
        assert [(one.kind, one.subject) for one in media_notes.ties(connection, DIGEST)] == [("claim", claim)]
        assert [one.what for one in actions(connection, Asked(on=name))] == ["media handed in"]
    assert state_of(client, name)["state"] == "done"
    assert [path.name for path in media_checks.folder_of(ferry).iterdir()] == [DIGEST]


@pytest.mark.parametrize("given", ["http://127.0.0.1:8470/claims/{}", "/claims/{}/?asked=x#a-1", " {} "])
def test_a_claim_is_given_by_its_address_or_its_id(client: TestClient, ferry: Path, given: str) -> None:
    claim = known(client.app)["claims"]
    name = check_of(drop(client, claim=given.format(claim)))
    with Library.open(ferry) as library, library.reading() as connection:
        one = media_checks.one(connection, name)
    assert one and one.file.claimed.claim == claim


def test_the_page_of_a_claim_leads_to_the_form_with_it_filled_in(client: TestClient) -> None:
    claim = known(client.app)["claims"]
    assert f'<a href="/media?claim={claim}">Check a file for this claim</a>' in client.get(f"/claims/{claim}").text
    for asked in (claim, f"http://127.0.0.1:8470/claims/{claim}"):
        assert f'name="claim" value="{claim}"' in client.get("/media", params={"claim": asked}).text


def test_no_more_files_are_taken_than_may_wait(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = keep(ferry)
    monkeypatch.setattr(media_checks, "MOST_WAITING", 2)
    for name in ("a.jpg", "b.jpg"):
        check_of(drop(client, name=name))
    refused = drop(client)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "600")
    assert "2 files wait to be checked, and no more are taken until some are done." in refused.text
    assert send(client, f"/media/reports/{number}/archive").status_code == 503
    told = client.post("/api/v1/media", files={"file": ("c.jpg", PICTURE)}, headers={"X-CSRF": word(client)})
    assert told.status_code == 503 and "2 files wait" in told.text
    with Library.open(ferry) as library, library.writing() as connection:
        assert len(media_checks.recent(connection, 9)) == 2
        one = media_checks.take(connection)
        assert one
        media_checks.finish(connection, one.id, number)
    check_of(drop(client))


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (b"", {}, "This file is empty."),
        (PICTURE, {"time": "yesterday"}, "“yesterday” is no time"),
        (PICTURE, {"time": "2031-02-30"}, "is no time"),
        (PICTURE, {"claim": "c0"}, "No claim has the id “c0”."),
        (
            PICTURE,
            {"claim": "https://desk.example/claims/c0"},
            "No claim is at the address “https://desk.example/claim",
        ),
        (
            PICTURE,
            {"claim": "https://desk.example/claims/?q=ferry"},
            "No claim is at the address “https://desk.example",
        ),
        (PICTURE, {"claim": "https://desk.example/articles/c0"}, "that of a claim&#39;s page ends in /claims/ and its"),
        (PICTURE, {"place": "x" * 201}, "The place is longer than 200"),
        (PICTURE, {"outlet": "x" * 201}, "The outlet is longer than 200"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(
    client: TestClient, ferry: Path, content: bytes, fields: dict[str, str], words: str
) -> None:
    answer = drop(client, content, origin="https://clips.example/7", **fields)
    assert answer.status_code == 422 and words in answer.text and "https://clips.example/7" in answer.text
    with Library.open(ferry) as library, library.reading() as connection:
        assert media_checks.recent(connection, 1) == []


def test_a_form_without_a_file_is_refused(client: TestClient) -> None:
    assert "Choose a file." in send(client, "/media", files={"other": ("x", b"")}).text
    assert send(client, "/media", time="2031-02-18").status_code == 422


@pytest.fixture
def narrow(ferry: Path) -> Iterator[TestClient]:
    """An application that takes files up to a mebibyte."""
    from starlette.testclient import TestClient

    from firsthand.web.app import create
    from firsthand.web.options import Options

    options = Options(ferry, settings=Settings(max_media=2**20))
    with TestClient(create(options), base_url="http://127.0.0.1:8470") as asking:
        yield asking


def test_a_file_is_taken_up_to_the_limit_and_no_further(narrow: TestClient, ferry: Path) -> None:
    check_of(drop(narrow, b"x" * 2**20))
    assert "up to 1.0 MB" in narrow.get("/media").text
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
        for _ in range(50):
            sent += 1
            yield b"x" * 2**20

    kind = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": word(narrow)}
    assert narrow.post("/media", content=body(), headers=kind).status_code == 413
    assert drop(narrow, b"x" * 3 * 2**20).status_code == 413
    assert len([*media_checks.folder_of(ferry).iterdir()]) == 1


def test_two_files_and_broken_forms_are_refused_in_a_line(client: TestClient, ferry: Path) -> None:
    two = [("file", ("a.jpg", PICTURE)), ("file", ("b.jpg", PICTURE))]
    assert send(client, "/media", files=two).status_code == 400
    kind = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": word(client)}
    assert client.post("/media", content=b"--x\r\nno header at all", headers=kind).status_code == 400
    assert [*media_checks.folder_of(ferry).iterdir()] == []


def test_a_full_disk_is_told_before_anything_is_sent(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage("/")._replace(free=2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    answer = drop(client)
    assert answer.status_code == 507 and "no room" in answer.text


def test_a_disk_that_takes_no_more_is_told(client: TestClient, ferry: Path) -> None:
    media_checks.folder_of(ferry).write_bytes(b"no folder")
    answer = drop(client)
    assert answer.status_code == 507 and "takes no more of this file" in answer.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MediaError("x", "it took longer than 60 s"), "It could not be checked: it took longer than 60 s."),
        (ZeroDivisionError(), "ZeroDivisionError, which is new to us"),
    ],
)
def test_a_check_that_fails_says_why_and_can_be_tried_again(
    client: TestClient, ferry: Path, quick: list[Any], monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(*_: object) -> MediaReport:
        raise error

    good = checking.check
    monkeypatch.setattr(checking, "check", fail)
    name = check_of(drop(client))
    work(ferry)
    assert state_of(client, name)["state"] == "failed"
    assert words in client.get(f"/media/checks/{name}").text and words in client.get("/media").text
    monkeypatch.setattr(checking, "check", good)
    assert send(client, f"/media/checks/{name}/again").status_code == 303
    work(ferry)
    assert state_of(client, name)["state"] == "done"


def test_bytes_that_are_gone_are_told(client: TestClient, ferry: Path, quick: list[Any]) -> None:
    name = check_of(drop(client))
    (media_checks.folder_of(ferry) / DIGEST).unlink()
    work(ferry)
    assert "its bytes are gone" in state_of(client, name)["words"]


def test_a_report_shows_its_frames_under_its_own_policy(client: TestClient, ferry: Path) -> None:
    number = keep(ferry)
    answer = client.get(f"/media/reports/{number}")
    policy = answer.headers["content-security-policy"]
    assert "img-src 'self' data:;" in policy and "default-src 'none'" in policy and "script-src 'self'" in policy
    assert answer.text.count("data:image/jpeg;base64,") == 14
    assert "img-src 'self';" in client.get("/media").headers["content-security-policy"]


def test_of_a_file_that_could_not_be_read_only_that_is_shown(client: TestClient, ferry: Path) -> None:
    name = check_of(drop(client, b"no film at all", "junk.mp4"))
    work(ferry)
    text = client.get(f"/media/checks/{name}").text
    assert "The file could not be read" in text and UNREAD_NEXT in text
    assert not any(said in text for said in ("Add to the archive", "What only people can judge", "What it belongs to"))


def test_a_tie_of_a_file_that_could_not_be_read_can_be_undone(client: TestClient, ferry: Path) -> None:
    claim = known(client.app)["claims"]
    name = check_of(drop(client, b"no film at all", "junk.mp4", claim=claim))
    work(ferry)
    text = client.get(f"/media/checks/{name}").text
    assert ">Untie<" in text and "A claim or an article, by words or id" not in text


def test_the_report_is_a_file_to_be_sent(client: TestClient, ferry: Path) -> None:
    number = keep(ferry)
    send(client, f"/media/reports/{number}/answers", **{"words-vehicles": ANSWERS[0].words})
    answer = client.get(f"/media/reports/{number}/page")
    assert answer.headers["content-disposition"].startswith('attachment; filename="firsthand-media-1f1f')
    assert "old format" in answer.text and "<style>" in answer.text and "/static/" not in answer.text


def test_answers_are_judgements_and_the_last_of_each_person_stands(
    desk: Callable[[str], TestClient], ferry: Path
) -> None:
    number, ann, ben = keep(ferry), desk("ann"), desk("ben")
    path = f"/media/reports/{number}"
    send(ann, f"{path}/answers", **{"choice-wounds": "cannot tell"})
    send(ann, f"{path}/answers", **{"choice-wounds": "does not fit", "words-wounds": "No dust on them.\nAt all."})
    answer = send(ben, f"{path}/answers", **{"choice-light": "no such choice", "words-light": " Noon. "})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}#checklist")
    page = ann.get(path).text
    assert "does not fit: No dust on them." in page and "cannot tell</bdi>" not in page and "<bdi>Noon.</bdi>" in page
    with Library.open(ferry) as library, library.reading() as connection:
        assert [(one.question, one.who) for one in media_notes.answers(connection, HERE)] == [
            ("wounds", "ann"),
            ("wounds", "ann"),
            ("light", "ben"),
        ]
    assert send(ann, f"{path}/answers", **{"words-light": "x" * 4_001}).status_code == 422


def test_a_file_is_tied_to_a_claim_and_an_article_and_untied(client: TestClient, ferry: Path) -> None:
    path, ids = f"/media/reports/{keep(ferry)}", known(client.app)
    found = client.get(path, params={"find": "ferry"}).text
    assert f'value="{ids["claims"]}"' in found and 'value="article"' in found
    assert client.get(path, params={"find": ids["articles"]}).text.count(">Tie<") == 1
    assert "No claim and no article" in client.get(path, params={"find": "zeppelin ((("}).text
    for kind in ("claim", "article"):
        assert send(client, f"{path}/ties", kind=kind, subject=ids[f"{kind}s"]).status_code == 303
    page = client.get(path).text
    assert f'href="/claims/{ids["claims"]}"' in page and f'href="/articles/{ids["articles"]}"' in page
    for place in (f"/claims/{ids['claims']}", f"/articles/{ids['articles']}"):
        assert f'<a href="{path}"><bdi>saboteurs_kestrel_bridge.mp4</bdi></a>' in client.get(place).text
    send(client, f"{path}/ties", kind="claim", subject=ids["claims"], untie="1")
    assert f'href="/claims/{ids["claims"]}"' not in client.get(path).text
    assert send(client, f"{path}/ties", kind="claim", subject="c0").status_code == 404
    assert send(client, f"{path}/ties", kind="planet", subject="c0").status_code == 422


def test_a_file_is_added_to_the_archive_when_its_report_was_seen(
    client: TestClient, ferry: Path, quick: list[Any]
) -> None:
    name = check_of(drop(client, time="2031-02-18 18:30+02:00", place="Kestrel Bridge"))
    work(ferry)
    number = state_of(client, name)["report"]
    adding = check_of(
        send(client, f"/media/reports/{number}/archive", outlet="Skarv Post", origin="https://x.example/")
    )
    assert "It is being added." in client.get(f"/media/reports/{number}").text
    work(ferry)
    assert len(quick) == 1 and state_of(client, adding)["report"] == number
    assert f'href="/media/archive/{DIGEST}"' in client.get(f"/media/reports/{number}").text
    page = client.get(f"/media/archive/{DIGEST}").text
    assert "said to be taken <bdi>2031-02-18 18:30+02:00</bdi> at <bdi>Kestrel Bridge</bdi>" in page
    assert "bridge.jpg" in page and "Skarv Post" in page and f'href="/media/reports/{number}"' in page
    listed = client.get("/media/archive", params={"outlet": "skarv post"}).text
    assert DIGEST[:12] in listed and "No file of the archive is like that" in client.get("/media/archive?outlet=x").text
    original = client.get(f"/media/archive/{DIGEST}/original")
    assert original.content == PICTURE and original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"] == f'attachment; filename="{DIGEST[:16]}.jpg"'
    assert original.headers["x-content-type-options"] == "nosniff"
    assert original.headers["content-encoding"] == "identity"


def test_a_file_is_added_at_once_where_that_is_asked(client: TestClient, ferry: Path, quick: list[Any]) -> None:
    check_of(drop(client, adds="1", outlet="Skarv Post"))
    work(ferry)
    assert client.get("/api/v1/media/archive").json()["count"] == 1


def test_what_cannot_be_added_is_told_beside_its_report(
    client: TestClient, ferry: Path, quick: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Added:
        raise MediaError("x", "is no media file")

    monkeypatch.setattr(checking, "add", fail)
    name = check_of(drop(client, adds="1"))
    work(ferry)
    page = client.get(f"/media/checks/{name}")
    assert "not added to the archive: is no media file" in page.text and "To its report" in page.text


def test_bytes_that_were_swept_away_cannot_be_added(client: TestClient, ferry: Path) -> None:
    number = keep(ferry)
    assert "its bytes are kept here no longer" in client.get(f"/media/reports/{number}").text
    assert send(client, f"/media/reports/{number}/archive").status_code == 410


def test_an_original_is_checked_while_it_is_sent(client: TestClient, ferry: Path, tmp_path: Path) -> None:
    """What is damaged is refused; where it is large, its end is never sent."""
    for content in (b"small", b"large!" * (media_files.PIECE // 4)):
        source = tmp_path / "clip.mp4"
        source.write_bytes(content)
        with Library.open(ferry) as library, library.writing() as connection:
            sha256, size = media_files.keep(library.path, source)
            media.add(connection, MediaFile(sha256, "clip.mp4", size, "video/mp4"), "ann")
            path = media_files.path_of(library.path, sha256)
        answer = client.get(f"/media/archive/{sha256}/original")
        assert answer.content == content and answer.headers["content-length"] == str(size)
        path.chmod(0o600)
        path.write_bytes(content[:-1] + b"x")
        if size > media_files.PIECE:
            with pytest.raises(RuntimeError, match="response already started"):
                client.get(f"/media/archive/{sha256}/original")
        else:
            told = client.get(f"/media/archive/{sha256}/original")
            assert told.status_code == 410 and "is damaged; adding the file again mends it." in told.text


def test_an_original_that_is_gone_is_told(client: TestClient, ferry: Path) -> None:
    with Library.open(ferry) as library, library.writing() as connection:
        media.add(connection, kept().file, "ben")
    assert client.get(f"/media/archive/{'a7' * 32}").status_code == 200
    assert client.get(f"/media/archive/{'a7' * 32}/original").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        *("/media/checks/m0", "/media/checks/m0.json", "/api/v1/media/checks/m0"),
        *("/media/reports/7", "/media/reports/7.json", "/media/reports/7/page", "/api/v1/media/reports/7"),
        *(f"/media/archive/{NONE}", f"/media/archive/{NONE}/original", f"/api/v1/media/archive/{NONE}"),
    ],
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_readers_look_and_change_nothing(desk: Callable[[str], TestClient], ferry: Path) -> None:
    number, reader = keep(ferry), desk("cid")
    page = reader.get(f"/media/reports/{number}").text
    assert "What only people can judge" in page and "<textarea" not in page and "Nobody has answered this yet" in page
    assert "an analyst may check files" in reader.get("/media").text
    refused = (
        drop(reader),
        send(reader, f"/media/reports/{number}/answers", **{"words-light": "x"}),
        send(reader, f"/media/reports/{number}/ties", kind="claim", subject="c0"),
        send(reader, f"/media/reports/{number}/archive"),
    )
    assert {answer.status_code for answer in refused} == {403}
    assert desk("").get("/media", follow_redirects=False).headers["location"].startswith("/login")


def test_nothing_of_a_file_is_markup_on_any_page(client: TestClient, ferry: Path, quick: list[Any]) -> None:
    bad = "<script>alert(1)</script>\u202egpj.jpg"
    name = check_of(drop(client, name=bad, place="<img src=x onerror=alert(1)>"))
    number = keep(ferry, hostile())
    with Library.open(ferry) as library, library.writing() as connection:
        media.add(connection, replace(kept().file, name=bad), bad, bad, "javascript:alert(1)")
    paths = ["/media", f"/media/checks/{name}", f"/media/reports/{number}", "/media/archive"]
    for path in (*paths, f"/media/archive/{'a7' * 32}", f"/media/reports/{number}/page"):
        page = client.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page and "\u202e" not in page, path
        assert 'href="javascript' not in page


def test_the_api_takes_a_file_and_tells_of_it(client: TestClient, ferry: Path, quick: list[Any]) -> None:
    files = {"file": ("bridge.jpg", PICTURE)}
    answer = client.post("/api/v1/media", files=files, data={"place": "Skarv"}, headers={"X-CSRF": word(client)})
    assert answer.status_code == 201 and answer.json()["state"] == "waiting"
    work(ferry)
    told = client.get(f"/api/v1/media/checks/{answer.json()['id']}").json()
    report = client.get(f"/api/v1/media/reports/{told['report']}").json()
    assert report["claimed"]["place"] == "Skarv" and "pairs" not in report
    assert send_json(client, "/api/v1/media", {"file": "x"}).status_code == 415
    bad = client.post("/api/v1/media", files=files, data={"time": "soon"}, headers={"X-CSRF": word(client)})
    assert bad.status_code == 422 and "soon" in bad.json()["detail"]


def test_the_api_tells_of_the_archive(client: TestClient, ferry: Path) -> None:
    assert client.get("/api/v1/media/archive").json() == {"count": 0, "files": []}
    with Library.open(ferry) as library, library.writing() as connection:
        media.add(connection, kept().file, "ben", "Skarv Range Club")
    (one,) = client.get("/api/v1/media/archive").json()["files"]
    assert one == client.get(f"/api/v1/media/archive/{one['sha256']}").json()
    assert (one["name"], one["outlet"], one["duration"]) == (kept().file.name, "Skarv Range Club", None)


def test_a_choice_and_words_make_an_answer() -> None:
    assert media_reports._answer("fits", " As in 2029. ") == "fits: As in 2029."
    assert media_reports._answer("fits", " ") == "fits" and media_reports._answer("", "") == ""
