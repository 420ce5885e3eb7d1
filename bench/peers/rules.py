"""A rule baseline over a dependency parse: what a careful afternoon gives without training.

A cue is a verb that cues.txt lists, or "according to". Its subject is the source; its clause, the clause it is wedged
into, or the quotation beside it is the content.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bench.peers.spans import paragraphs, spans

SUBJECTS = {"nsubj", "csubj"}
OBJECTS = {"dobj", "obj", "prep", "attr", "oprd", "xcomp", "agent"}
CLAUSES = {"ccomp", "xcomp"}
ADDRESSEES = {"dobj", "dative", "iobj"}
AUXILIARIES = {"aux", "auxpass", "neg", "prt"}
INHERITING = {"conj", "xcomp", "advcl"}
QUOTES = set('"“”')

Found = dict[str, Any]
Tokens = set[Any]


def read(nlp: Any, text: str) -> list[Found]:
    """The attributions that the rules find in one article."""
    return [
        {role: spans(tokens, offset) for role, tokens in found.items()}
        for offset, paragraph in paragraphs(text)
        for found in _of_paragraph(nlp(paragraph))
    ]


@cache
def _cues() -> frozenset[str]:
    lines = Path(__file__).with_name("cues.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _of_paragraph(doc: Any) -> list[Found]:
    quoted = _quoted(doc)
    outside = [token for token in doc if token.i not in quoted]
    verbs = [_of_verb(token, quoted) for token in outside if token.lemma_ in _cues() and token.pos_ in {"VERB", "AUX"}]
    phrases = [_of_according(token) for token in outside if token.lower_ == "according"]
    return [found for found in verbs + phrases if found and found["content"] - found["cue"]]


def _of_verb(verb: Any, quoted: set[int]) -> Found | None:
    source = _source(verb)
    cue = {verb} | {child for child in verb.children if child.dep_ in AUXILIARIES}
    content = _content(verb, source) - source - cue
    content = _trimmed(_with_quotation(verb, content, quoted) - source - cue)
    return {"source": _trimmed(source), "cue": cue, "content": content}


def _source(verb: Any) -> Tokens:
    for child in verb.children:
        if child.dep_ in SUBJECTS or (child.dep_ == "agent" and verb.tag_ == "VBN"):
            start = next(child.children, child) if child.dep_ == "agent" else child
            return set(start.subtree)
    if verb.dep_ in INHERITING and verb.head.i != verb.i:
        return _source(verb.head)
    return set(verb.head.subtree) - set(verb.subtree) if verb.dep_ == "acl" else set()


def _content(verb: Any, source: Tokens) -> Tokens:
    clauses = [child for child in verb.children if child.dep_ in CLAUSES]
    if clauses:
        return {token for clause in clauses for token in clause.subtree}
    if verb.dep_ == "parataxis" or (verb.dep_ == "ccomp" and not _has_clause_mark(verb)):
        return set(verb.head.subtree) - set(verb.subtree)
    return {token for child in verb.children if child.dep_ in OBJECTS for token in child.subtree} - source


def _has_clause_mark(verb: Any) -> bool:
    return any(child.dep_ == "mark" for child in verb.children)


def _with_quotation(verb: Any, content: Tokens, quoted: set[int]) -> Tokens:
    """The content, with the rest of a quotation that it touches; the nearest one of the sentence if it is empty."""
    near = {token for token in verb.sent if token.i in quoted}
    if not content:
        content = near
    if not any(token.i in quoted for token in content):
        return content
    doc = verb.doc
    last = max(token.i for token in content)
    while last + 1 < len(doc) and (last + 1 in quoted or doc[last + 1].is_quote):
        last += 1
        content = content | {doc[last]}
    return content | _following_quotation(verb, quoted)


def _following_quotation(verb: Any, quoted: set[int]) -> Tokens:
    """Sentences that are wholly quoted and stand right after the cue's: the same person goes on."""
    found: Tokens = set()
    for sentence in verb.doc.sents:
        if sentence.start >= verb.sent.end:
            if not all(token.i in quoted or token.is_punct for token in sentence):
                break
            found |= set(sentence)
    return found


def _of_according(token: Any) -> Found | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None:
        return None
    source = set(to.subtree) - {to}
    content = set(token.sent) - source - {token, to}
    return {"source": _trimmed(source), "cue": {token, to}, "content": _trimmed(content)}


def _trimmed(tokens: Tokens) -> Tokens:
    """Without punctuation and white space at either end, quotation marks excepted."""
    row = sorted(tokens, key=lambda token: int(token.i))
    while row and (row[0].is_punct or row[0].is_space) and row[0].text not in QUOTES:
        row.pop(0)
    while row and (row[-1].is_punct or row[-1].is_space) and row[-1].text not in QUOTES:
        row.pop()
    return set(row)


def _quoted(doc: Any) -> set[int]:
    """Positions of the tokens inside quotation marks, marks included; an open quotation runs to the end."""
    inside, found = False, set()
    for token in doc:
        opens = token.text in QUOTES and not inside
        if inside or opens:
            found.add(token.i)
        if token.text in QUOTES:
            inside = opens
    return found
