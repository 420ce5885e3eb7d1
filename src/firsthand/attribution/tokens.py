"""A text as tokens that names and phrases can be read from: "U.S.", "Mr." and "O'Neill" are one, "'s" stands alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from unicodedata import combining, normalize

from firsthand.model import Span

_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Adm|Rev|Prof|St|Jr|Sr|Hon|Pres|Sec|Maj|Cmdr|Amb|Atty|Del|Dir"
)
_TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|\b(?:{_ABBREVIATED})\.|\b[A-Z]\.(?=\s+[A-Z])|[’'][sS]\b"
    r"|[^\W_](?:[^\W_]|[-&](?=\w)|[’'](?![sS]\b)(?=\w))*|\n|[^\w\s]+?|_"
)
_SHORTENED = frozenset(
    ["Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "No", "Inc", "Corp", "Co", "Ltd", "vs"]
)
SENTENCE_ENDS = frozenset(".?!\n")


@dataclass(frozen=True, slots=True)
class Tokens:
    """N tokens of `text`, which stands at `offset` of the article; all offsets are the article's.

    starts, ends: character offsets; words: as printed; low: in lower case, without accents.
    sentence, paragraph: running numbers; quoted: whether it stands inside quotation marks.
    """

    text: str
    offset: int
    starts: list[int]
    ends: list[int]
    words: list[str]
    low: list[str]
    sentence: list[int]
    paragraph: list[int]
    quoted: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The first token that begins at `offset` or later."""
        return bisect_left(self.starts, offset)

    def holding(self, offset: int) -> int:
        """The token that begins at `offset`, else the next one, else the last."""
        return min(self.at(offset), max(len(self) - 1, 0))

    def inside(self, span: Span) -> range:
        """The tokens that begin within a span of characters."""
        return range(self.at(span[0]), self.at(span[1]))

    def span(self, first: int, end: int) -> Span:
        """The characters from token `first` up to, not with, token `end`."""
        return self.starts[first], self.ends[end - 1]

    def printed(self, first: int, end: int) -> str:
        """The text from token `first` up to, not with, token `end`, on one line."""
        return self.quoted_text(self.span(first, end))

    def quoted_text(self, span: Span) -> str:
        """The text of a span, on one line."""
        return " ".join(self.text[span[0] - self.offset : span[1] - self.offset].split())

    def capital(self, i: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.words[i][0].isupper()


def tokens(text: str, offset: int = 0) -> Tokens:
    """The tokens of `text`, which stands at `offset` of the article."""
    starts, ends, words = [], [], []
    for match in _TOKEN.finditer(text):
        starts.append(match.start() + offset)
        ends.append(match.end() + offset)
        words.append(match[0])
    low = [word.lower() if word.isascii() else _plain(word) for word in words]
    return Tokens(text, offset, starts, ends, words, low, *_places(text, [s - offset for s in starts], words))


def _plain(word: str) -> str:
    """In lower case, without accents, with a straight apostrophe: "Erdoğan’s" is known as "erdogan's"."""
    letters = "".join(letter for letter in normalize("NFKD", word) if not combining(letter))
    return letters.lower().replace("’", "'") or word


def _places(text: str, starts: list[int], words: list[str]) -> tuple[list[int], list[int], list[bool]]:
    """Sentence and paragraph numbers, and what is quoted; an unclosed quotation ends with its paragraph."""
    sentences, paragraphs, quotations = [], [], []
    sentence, paragraph, quoted = 0, 0, False
    for i, word in enumerate(words):
        quoted = _quoted(word, quoted)
        sentences.append(sentence)
        paragraphs.append(paragraph)
        quotations.append(quoted)
        sentence += word in SENTENCE_ENDS and not (word == "." and _goes_on(text, starts[i], words[i - 1] if i else ""))
        paragraph += word == "\n"
    return sentences, paragraphs, quotations


def _goes_on(text: str, stop: int, before: str) -> bool:
    """Whether a full stop ends no sentence: in a number, in an address, behind an abbreviation."""
    behind = text[stop + 1 : stop + 2]
    return behind.isalnum() or before in _SHORTENED


def _quoted(word: str, quoted: bool) -> bool:
    if word in ("“", "„", "«"):
        return True
    if word in ("”", "»", "\n"):
        return False
    return not quoted if word == '"' else quoted
