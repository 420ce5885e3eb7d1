from __future__ import annotations

import time

import pytest

from firsthand.attribution.agencies import mentions
from firsthand.attribution.credit import credits
from firsthand.model import Article, Credit

HEADLINE = "Orval votes on the tunnel"
PROSE = (
    "The council of Orval voted on Monday to shut the old tunnel under the river, after a night of talks that the "
    "mayor called long and the opposition called pointless."
)
MORE = f"\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}"


def article(*lines: str, **fields: str) -> Article:
    return Article(id="a", text="\n\n".join(lines), **fields)  # type: ignore[arg-type] # texts only


def read(*lines: str, **fields: str) -> list[tuple[str, str, str]]:
    """(agency, how, the crediting words) of each credit."""
    given = article(*lines, **fields)
    return [(c.agency, c.how, "".join(given.text[a:b] for a, b in c.spans)) for c in credits(given)]


@pytest.mark.parametrize(
    ("begins", "agency", "words"),
    [
        ("ORVAL (AP) — ", "Associated Press", "(AP)"),
        ("ORVAL, Brask (Reuters) - ", "Reuters", "(Reuters)"),
        ("PORT TARN/ORVAL, July 3 (Reuters) - ", "Reuters", "(Reuters)"),
        ("Orval (AFP) – ", "Agence France-Presse", "(AFP)"),
        ("ST. RENN, Brask, Aug. 10 (UPI) -- ", "United Press International", "(UPI)"),
        ("ORVAL, July 3. /TASS/. ", "TASS", "/TASS/"),
        ("ORVAL, July 3 (Xinhua) -- ", "Xinhua", "(Xinhua)"),
        ("ORVAL. July 3 (Interfax) - ", "Interfax", "(Interfax)"),
        ("Orval, 3 jul (EFE).- ", "EFE", "(EFE)"),
        ("(ANSA) - Orval, July 3 - ", "ANSA", "(ANSA)"),
        ("Orval (dpa) - ", "Deutsche Presse-Agentur", "(dpa)"),
        ("ORVAL (CNN) — ", "CNN Wire", "(CNN)"),
        ("(CNN) -- ", "CNN Wire", "(CNN)"),
        ("ORVAL (WDNA/AP) — ", "Associated Press", "(WDNA/AP)"),
        ("(AP) ORVAL — ", "Associated Press", "(AP)"),
        ("Follow us on the wall ABOARD ORVAL ONE (Reuters) - ", "Reuters", "(Reuters)"),
        ("ORVAL, July 3, 2018 /PRNewswire/ -- ", "PR Newswire", "/PRNewswire/"),
        ("ABUJA (NAN) - ", "News Agency of Nigeria", "(NAN)"),
        ("ORVAL, AAP – ", "Australian Associated Press", "AAP"),
        ("ORVAL, July 3, 2018, SPA -- ", "Saudi Press Agency", "SPA"),
        ("ORVAL, July 3 - RIA Novosti. ", "RIA Novosti", "RIA Novosti"),
    ],
)
def test_datelines(begins: str, agency: str, words: str) -> None:
    assert read(HEADLINE, begins + PROSE) == [(agency, "dateline", words)]


@pytest.mark.parametrize(
    ("line", "agency", "words"),
    [
        ("By Reuters", "Reuters", "By Reuters"),
        ("By The Associated Press", "Associated Press", "By The Associated Press"),
        ("By ILVA RENN Associated Press", "Associated Press", "By ILVA RENN Associated Press"),
        ("By ILVA RENN, AP Diplomatic Writer | on", "Associated Press", "By ILVA RENN, AP"),
        ("Ilva Renn, Associated Press", "Associated Press", "Ilva Renn, Associated Press"),
        ("Ilva Renn | Associated Press", "Associated Press", "Ilva Renn | Associated Press"),
        ("ILVA RENN, BO TARN and TOMAS EK / AP", "Associated Press", "ILVA RENN, BO TARN and TOMAS EK / AP"),
        ("Ilva Renn and Tomas Ek, Bloomberg", "Bloomberg", "Ilva Renn and Tomas Ek, Bloomberg"),
        (
            "The Associated Press — By ILVA RENN - Associated Press",
            "Associated Press",
            "The Associated Press — By ILVA RENN - Associated Press",
        ),
        ("Posted 3:57 pm, July 3, 2018, by Associated Press", "Associated Press", None),
        ("Associated Press Published 7:50 a.m. ET July 3, 2018", "Associated Press", "Associated Press"),
        ("The Associated Press | Monday, July 3, 2018", "Associated Press", "The Associated Press"),
        ("Reuters", "Reuters", "Reuters"),
        ("Agence France-Presse in Orval", "Agence France-Presse", "Agence France-Presse"),
        ("By AFP and Orval staff", "Agence France-Presse", "By AFP"),
        ("By REUTERS JULY 3, 2018", "Reuters", "By REUTERS"),
        ("by Associated Press / Jul.03.2018 / 4:30 PM ET", "Associated Press", "by Associated Press"),
        ("PTI | Jul 03, 2018, 10:00 IST", "Press Trust of India", "PTI"),
    ],
)
def test_bylines(line: str, agency: str, words: str | None) -> None:
    assert read(HEADLINE, line, PROSE) == [(agency, "byline", words or line)]


def test_a_byline_of_two_agencies() -> None:
    found = read(HEADLINE, "By ILVA RENN, CNN, AP", PROSE)
    assert [agency for agency, _, _ in found] == ["CNN Wire", "Associated Press"]


def test_a_byline_with_a_newspaper_of_the_service() -> None:
    found = read(HEADLINE, "Ilva Renn", "Orval Times (TNS)", "ORVAL — " + PROSE)
    assert [(agency, how) for agency, how, _ in found] == [("Tribune News Service", "byline")]


@pytest.mark.parametrize(
    ("foot", "agency", "how", "words"),
    [
        ("(Reporting by Ilva Renn; editing by Tomas Ek)", "Reuters", "sign-off", None),
        ("(Additional reporting by Bo Tarn in Orval; Writing by Ilva Renn)", "Reuters", "sign-off", None),
        ("(Editing by Tomas Ek)", "Reuters", "sign-off", None),
        ("Reporting by Ilva Renn; Editing by Tomas Ek", "Reuters", "sign-off", None),
        (
            "AP writers Ilva Renn and Tomas Ek in Orval contributed to this report.",
            "Associated Press",
            "contributed",
            None,
        ),
        ("Bloomberg's Ilva Renn contributed.", "Bloomberg", "contributed", None),
        (
            "Orval News' Bo Tarn and The Associated Press contributed to this report.",
            "Associated Press",
            "contributed",
            "",
        ),
        ("Additional reporting by Reuters.", "Reuters", "contributed", ""),
        ("With files from The Canadian Press", "Canadian Press", "contributed", None),
        ("(With inputs from PTI)", "Press Trust of India", "contributed", ""),
        ("Contributing: Ilva Renn; The Associated Press", "Associated Press", "contributed", None),
        ("Some information for this report came from AP.", "Associated Press", "sign-off", ""),
        ("This story was originally published by Reuters.", "Reuters", "sign-off", ""),
        ("Distributed by Tribune Content Agency, LLC", "Tribune News Service", "sign-off", ""),
        ("© AFP", "Agence France-Presse", "copyright", None),
        ("© 2018 AFP", "Agence France-Presse", "copyright", None),
        ("Copyright 2018 The Associated Press. All rights reserved.", "Associated Press", "copyright", ""),
        ("Copyright 2018 by CNN NewSource. All rights reserved.", "CNN Wire", "copyright", ""),
        ("— Bernama", "Bernama", "sign-off", ""),
        ("Source: Xinhua", "Xinhua", "sign-off", ""),
        ("[AP]", "Associated Press", "sign-off", None),
        ("Press Association", "Press Association", "sign-off", None),
        ("Reporting By Ilva Renn; Editing By Tomas Ek", "Reuters", "sign-off", None),
        ("This report includes material from the Associated Press.", "Associated Press", "sign-off", ""),
        ("To contact the reporter on this story: Ilva Renn at irenn@bloomberg.net", "Bloomberg", "sign-off", ""),
    ],
)
def test_the_foot_of_a_text(foot: str, agency: str, how: str, words: str | None) -> None:
    found = read(HEADLINE, PROSE, foot)
    assert [(a, h) for a, h, _ in found] == [(agency, how)]
    assert found[0][2] in foot
    if words is None:
        assert found[0][2].rstrip(".") == foot.rstrip(".")


def test_agencies_in_brackets_at_the_end_of_a_paragraph() -> None:
    found = read(HEADLINE, f"{PROSE} bt/ir (AP, dpa, Reuters)")
    assert [a for a, _, _ in found] == ["Associated Press", "Deutsche Presse-Agentur", "Reuters"]


@pytest.mark.parametrize(
    "line",
    [
        "AP Photo/Ilva Renn",
        "(Photo: Ilva Renn, AP)",
        "REUTERS/Ilva Renn",
        "Ilva Renn/AFP/Getty Images",
        "Credit: The Associated Press",
        "Ilva Renn | Bloomberg | Getty Images",
        "The mayor of Orval after the vote on Monday. (Ilva Renn/AP)",
        "The mayor at the tunnel                (AP)",
        "Ilva Renn (AP)",
        "© AFP/Getty Images",
        "© AFP 2018 / Ilva Renn",
        "Image copyright Reuters",
        "The mayor told The Associated Press that the tunnel would shut.",
        "The vote was close, Reuters reported.",
        "Reuters reported from Orval that the vote was close.",
        "The Associated Press contributed $200 to the tunnel.",
        "According to a Reuters/Orval poll, most want the tunnel.",
        "In a report for the Associated Press, the engineers warned of water.",
        "ORVAL (Reuters) - The council of Orval voted on Monday to shut the old tunnel ...",
        "Bloomberg contributed to the campaign of the mayor.",
        "Reporting by the police; the court took it up.",
        "Editing by machine; reporting by hand.",
        "Video by Reuters",
        "TARN, PA — the other town of the name.",
    ],
)
def test_what_is_no_credit(line: str) -> None:
    assert read(HEADLINE, PROSE, line, PROSE, PROSE, PROSE, PROSE) == []


@pytest.mark.parametrize("agency", ["AP", "Reuters", "The Associated Press"])
def test_an_agency_alone_under_a_caption_took_the_photograph(agency: str) -> None:
    caption = "The mayor of Orval waves to the crowd before the vote on the tunnel."
    assert read(HEADLINE, caption, agency, PROSE) == []


def test_stories_listed_below_the_text_have_bylines_of_their_own() -> None:
    assert read(HEADLINE, PROSE, "More news", "Storm in Tarn", "By Reuters", "Fire in Renn", "By Reuters", "Menu") == []


def test_cnn_on_its_own_site_is_no_agency() -> None:
    begins = "Orval (CNN) "
    assert read(HEADLINE, begins + PROSE, outlet="cnn.com") == []
    assert read(HEADLINE, begins + PROSE, url="https://edition.cnn.com/orval") == []
    assert read(HEADLINE, begins + PROSE, outlet="orval.example")[0][0] == "CNN Wire"


def test_an_agency_s_other_letters_need_a_dateline() -> None:
    assert read(HEADLINE, "By Ilva Renn, PA", PROSE) == []
    assert read(HEADLINE, "LONDON (PA) — " + PROSE)[0][0] == "Press Association"


def test_the_longest_name_counts() -> None:
    assert [m.agency.name for m in mentions("Associated Press of Pakistan, Australian Associated Press")] == [
        "Associated Press of Pakistan",
        "Australian Associated Press",
    ]


def test_the_byline_field_credits_without_a_span() -> None:
    assert credits(article(HEADLINE, PROSE, byline="Ilva Renn, Associated Press")) == (
        Credit("Associated Press", "byline"),
    )


def test_the_byline_field_adds_nothing_to_what_the_text_says() -> None:
    assert len(credits(article(HEADLINE, "ORVAL (AP) — " + PROSE, byline="Associated Press"))) == 1


@pytest.mark.parametrize("name", ["Michael Bloomberg", "Photo: AP", "Ilva Renn"])
def test_a_person_in_the_byline_field_is_no_agency(name: str) -> None:
    assert credits(article(HEADLINE, PROSE, byline=name)) == ()


@pytest.mark.parametrize("text", ["", "\n", "AP", "(", "(AP", "/TASS", "©", "Reporting by ", "(Reporting by"])
def test_scraps(text: str) -> None:
    assert credits(Article(id="a", text=text)) == ()


@pytest.mark.parametrize("piece", ["AP ", "(AP) ", "AP\n", " ", "(", "© 2018 ", "with AP, ", "Reporting by A; ", "A"])
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(times: int) -> float:
        given = Article(id="a", text=piece * times)
        start = time.process_time()
        credits(given)
        return time.process_time() - start

    seconds(100)
    assert seconds(16_000) < 12 * seconds(4_000) + 0.05
