"""Languages are told where there is enough text, and not guessed where there is not."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from firsthand.ingest.language import language_of

DATA = Path(__file__).parents[3] / "shared" / "data"
SENTENCES = {
    "en": "The mayor of Tarn told reporters on Monday that the old bridge would close to all traffic at midnight.",
    "fr": "La maire de Tarn a déclaré lundi à la presse que le vieux pont serait fermé à toute circulation dès minuit.",
    "de": "Die Bürgermeisterin sagte am Montag vor der Presse, dass die alte Brücke ab Mitternacht gesperrt werde.",
    "ru": "Мэр заявила в понедельник журналистам, что старый мост будет закрыт для движения после полуночи, и ушла.",
    "ar": "قالت رئيسة البلدية للصحفيين يوم الاثنين إن الجسر القديم سيغلق أمام حركة المرور بعد منتصف الليل مباشرة",
    "he": "ראש העיר אמרה לעיתונאים ביום שני כי הגשר הישן ייסגר לתנועה לאחר חצות הלילה, ועזבה את המקום בלי להשיב",
    "zh": "市长星期一对记者表示，旧桥将在午夜后对所有交通关闭。她补充说，市议会经过长时间的讨论后作出了这一决定。",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_a_long_sentence_tells(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "No.", "He said no.", "Ja", "12345 67890 " * 50, '"' * 5000, "😀" * 500, "\ud800 half"]
)
def test_what_does_not_tell(text: str) -> None:
    assert language_of(text) is None


def test_it_is_fast() -> None:
    text = SENTENCES["en"] * 200
    language_of(text)
    start = time.process_time()
    for _ in range(20):
        language_of(text)
    assert (time.process_time() - start) / 20 < 0.003


def test_helsinki_is_english() -> None:
    path = DATA / "helsinki" / "articles.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    assert {language_of(text) for text in texts if len(text) > 400} == {"en"}
