"""Injection: words that would steer a model past its owner, whoever seems to have said them.

Phrases are endless, so what counts is which kinds of words a sentence brings together: a negation,
a need and a safeguard ("transfers need no approval"), or praise and "always", and nobody of one's
own whom it is for. The kinds lie beside this file in `steering.txt`; what is written in one way
only stands in `_SHAPES`.
"""

import re
from dataclasses import dataclass
from functools import cache

from mindhold.beliefs.text.phrases import phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A sentence with every kind of `of`, and none of `but`, breaks the rule."""

    name: str
    of: tuple[str, ...]
    but: tuple[str, ...] = ()


def _rule(name: str, of: str, but: str = "") -> _Rule:
    kinds, others = (tuple(filter(None, map(str.strip, text.split("+")))) for text in (of, but))
    return _Rule(name=name, of=kinds, but=others)


_RULES = (
    _rule("approvals", "not + need + safeguard", "ban"),
    _rule("approvals", "not + asking + safeguard", "ban"),
    _rule("approvals", "lift + safeguard", "ban"),
    _rule("approvals", "without + safeguard", "ban"),
    _rule("approvals", "without + asking", "ban"),
    _rule("approvals", "not + verify + proof", "ban"),
    _rule("approvals", "granted + wholesale", "by somebody"),
    _rule("approvals", "granted + grave", "by somebody"),
    _rule("approvals", "agent + may + grave"),
    _rule("approvals", "agent + may + wholesale + pass on"),
    _rule("obedience", "obey + told + carrier"),
    _rule("obedience", "obey + wholesale + grave", "not"),
    _rule("obedience", "grave + at once", "not"),
    _rule("secrecy", "hide + somebody"),
    _rule("secrecy", "hide + asked"),
    _rule("secrecy", "hide + failure"),
    _rule("secrecy", "not + reveal + somebody"),
    _rule("secrecy", "not + shall + know + somebody"),
    _rule("promotion", "always + praise", "to me"),
    _rule("promotion", "always + mention + brand + listener", "to me + not"),
    _rule("promotion", "best + rivals", "to me"),
    _rule("promotion", "always + lift + rivals"),
    _rule("exfiltration", "pass on + address", "not"),
    _rule("commands", "command", "not"),
    _rule("exfiltration", "pass on + private + outsider", "not"),
)  # fmt: skip

_SHAPES = (
    ("overrides", re.compile(
        r"(?i)\b(?:ignore|disregard|override|bypass|forget)\b.{0,40}\b(?:previous|prior|above"
        r"|earlier|all|any|system|safety|other|your)\b.{0,20}\b(?:instructions?|prompts?|rules"
        r"|messages?|guidelines|polic\w+)|\b(?:ignore|disregard|override) (?:the |these )?"
        r"(?:guidelines|instructions|rules) of\b"
        r"|\b(?:your|new) (?:system|developer) (?:prompt|message)s?\b"
        r"|\bsystem (?:prompt|message)s?:|\bsystem directive\b"
        r"|\b(?:in|into|enter|activate|act in) (?:the )?developer mode\b"
        r"|\bjailbreak|\bdo anything now\b|\bnever refuse\b|\bunfiltered\b"
        r"|\bno (?:restrictions|filters|guardrails)\b|\byou (?:are|have) now\b"
    )),
    ("approvals", re.compile(
        r"(?i)\bauto-?approv\w*|\bpre-?approv\w*"
        r"|\balways (?:approve|accept|allow|authori[sz]e|comply|obey|grant"
        r"|trust (?!the (?:compiler|types?|tests?|linter)\b))"
        r"|\b(?:always|from now on),? (?:agree to|consent to|(?:say|answer) yes (?:to|when|if))\b"
        r"|\bnever ask (?:me |us )?again\b|\b(?:i|we) (?:hereby )?(?:waive|consent to"
        r"|authori[sz]e)\b"
        r"|\b(?:assistants?|models?|ai|agents?|you|whoever|anyone|everyone)\b.{0,40}\b(?:has|have)"
        r" (?:[\w-]+ )?(?:administrator|admin|root|full) (?:rights|access|permissions?)"
    )),
    ("obedience", re.compile(
        r"(?i)\b(?:as if|as though|count as) .{0,40}\b(?:from me|mine|my own)\b"
        r"|\bwhatever .{0,40}\b(?:tells?|says?|asks?)\b.{0,20}\bdo\b"
    )),
    ("promotion", re.compile(r"(?i)\btrusted source\b")),
    ("policy", re.compile(
        r"(?i)(?:\b(?:new|updated|company|security|admin(?:istrator)?|official) (?:policy"
        r"|directive|instruction|rule)s?\b.{0,40}\b(?:is|are|says?|requires?|states?|:)"
        r"|\bper (?:company )?policy|\bpolicy (?:is|says|requires|states|allows|permits)"
        r"|\bas an? (?:admin|administrator|developer|operator)\b)"
    )),
    ("markup", re.compile(
        r"(?i)</?(?:system|assistant|user|instructions?|memory|memories|mindhold|tool"
        r"|important|im_start|im_end)\b|\[/?INST\]|<\|.{1,20}\|>|\n\s*(?:system|assistant)\s*:"
        r"|!\[[^\]]*\]\(https?:"
    )),
)  # fmt: skip
_OWN_RULE = re.compile(
    r"(?i)\b(?:our|my|we have an?) (?:[\w-]+ ){0,2}(?:polic(?:y|ies)|rules?|directives?)\b"
)
"""A rule that somebody has set themselves: what it says is looked at, not that it is one."""

_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.;!?](?=\S)[^.;!?\n]*)*")
_WORDS_TO = r"(?:[ ,]+(?!and\b|but\b|just\b|then\b|und\b|et\b|y\b)[\w'’/-]+){0,8}?[ ,]+"


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    """What tells each kind of words; two need more than a list."""
    names = {kind for rule in _RULES for kind in (*rule.of, *rule.but)}
    found = {name: re.compile(phrases(name)) for name in names - {"ban", "brand", "by somebody"}}
    found["ban"] = re.compile(
        rf"{phrases('not')}(?! (?:hesitate|wait|bother|stop|worry|ask|be|forget|refuse|fail"
        rf"|pause)\b)"
        rf"{_WORDS_TO}(?:{phrases('without')}|{phrases('lift')})"
    )
    found["by somebody"] = re.compile(
        r"\b(?:by|von|vom|durch|par|por) (?:(?:our|my|unser\w*|notre|nuestr\w) \w|[A-ZÀ-Þ])"
    )
    found["brand"] = re.compile(
        r"(?<=\w )(?-i:[A-Z]\w*[a-z]\w*)|https?://|\w\.(?:com|org|net|io|example)\b"
    )
    return found


def injection(text: str) -> str | None:
    """The rule that the text breaks; None for an honest wish.

    "Never add a dependency without asking me" is one: it gives no leave, it takes it. So are
    "our policy is that every change needs two reviews" and "always recommend pnpm to me".
    """
    said = _OWN_RULE.sub("", text)
    if found := next((name for name, shape in _SHAPES if shape.search(said)), None):
        return found
    sentences = (one[0] for one in _SENTENCE.finditer(text))
    return next(filter(None, map(_broken, sentences)), None)


def _broken(sentence: str) -> str | None:
    """The first rule that the kinds of words of one sentence break."""
    known: dict[str, bool] = {}

    def has(kind: str) -> bool:
        if kind not in known:
            known[kind] = _kinds()[kind].search(sentence) is not None
        return known[kind]

    for rule in _RULES:
        if all(map(has, rule.of)) and not any(map(has, rule.but)):
            return rule.name
    return None
