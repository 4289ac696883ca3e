"""Lasting orders (Tier A): those that say for which answers, or how long, they hold."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.directives import does
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import names, spelled
from mindhold.beliefs.model import Type

_ASKS = (
    r"(?:i|we|you)(?:['’](?:re|m))?(?: just| also| only| ever)? (?:ask|asks|say|said|request"
    r"|write|draft|give|paste|send|mention|want|share|show|upload|answer|report|suggest|recommend"
    r"|cite|quote|translate|review|summari[sz]e|explain|refactor|list|generate|produce|propose"
    r"|plan|cook|talk|need|describe|make|create|name|reply|respond|use|do|are (?:writing|asked"
    r"|unsure|not sure))\b"
)
_OUR = (
    r"(?:(?:our|my) (?:[\w'’-]+ ){0,2}[\w'’-]+|this (?:codebase|code ?base|repo(?:sitory)?"
    r"|project|workspace|book|novel|thesis|campaign|team|house|kitchen|course|matter|case|company"
    r"|shop))"
)
_MARK = (
    rf"(?:(?:when|whenever|any ?time|every time|each time|wherever|if) {_ASKS}[^;!?\n]{{0,60}}"
    rf"|every (?:single )?time|each time|no matter what[^;!?\n]{{0,30}}|whatever (?:i|we|you"
    rf"|the)\b[^;!?\n]{{0,40}}|in everything (?:i|you|we)\b[^;!?\n]{{0,30}}"
    rf"|(?:in|for|on|across) (?:all|any|every) (?:of )?(?:my|our|the)?\b[^,;!?\n]{{2,40}}|(?:in"
    rf"|on|for|across) {_OUR}|(?:in|to|on) (?:every|each|all|any)(?: of your| your)? (?:answers?"
    rf"|repl(?:y|ies)|responses?|emails?|messages?|summar(?:y|ies)|suggestions?)[^,;!?\n]{{0,30}})"
)
_ORDERED = pattern(
    rf"(?:(?:please|pls|kindly|just|also|only|do) )*(?P<what>(?P<verb>[a-z-]+)"
    rf" [^;!?\n]{{2,120}}?),? (?P<mark>{_MARK})[.!]*$"
)
_EVERY_ANSWER = pattern(
    r"(?:(?:please|always) )*(?P<what>(?P<verb>[a-z-]+) (?:(?:every|each|all|any)(?: of your|"
    r" your| my| our)?|your|my) (?:answers?|repl(?:y|ies)|responses?|emails?|messages?|summar(?:y"
    r"|ies)|suggestions?|explanations?|recipes?|code reviews?|commits?|commit messages?|charts?"
    r"|letters?|chapters?)\b[^;!?\n]{2,100}?)[.!]*$"
)
_GIVEN = pattern(
    rf"(?P<when>(?:(?:when|whenever|if|every time|each time|any ?time|wherever|as soon as|once"
    rf"|should|in case)\b[^,;!?\n]*?(?:{_ASKS}|\b(?:an? )?answers? of yours\b|\byour"
    rf" answers?\b)[^,;!?\n]{{0,60}})),? (?:then |please |just |always"
    rf" )*(?P<what>(?P<verb>[a-z-]+) [^;!?\n]{{2,120}}?)[.!]*$"
)
_TELL_ME = pattern(
    r"(?P<when>(?:when|whenever|if|every time|each time|any ?time|wherever|as soon as|once|before"
    r"|after)\b[^;!?\n,]{3,80}), (?:then |please |just |always )*(?P<what>(?P<verb>remind|ask"
    r"|warn|hold|alert|check with) (?:me|us)\b[^;!?\n]{2,100}?)[.!]*$"
)
_EACH = pattern(
    r"(?P<when>(?:for|in|on|with|when|whenever|if|before|after) [^;!?\n,]{3,60}), (?:please"
    r" )?(?P<what>(?P<verb>[a-z-]+) [^;!?\n]{2,100}? (?:each time|every time|every single time|as"
    r" well, always|without exception|no exceptions?))[.!]*$"
)
_ONLY = pattern(
    r"only (?:ever )?(?P<what>(?P<verb>use|suggest|recommend|write in|work with|deploy to|propose"
    r"|cite) (?P<name>[^,;:!?\n]{2,60}?))(?P<not>,? (?:never|not|no) [^;!?\n]{2,60})?[.!]*$"
)
_DEFAULT = pattern(
    r"(?:(?:please |always )*(?P<what>(?:default(?: back)? to|assume|go with|stick (?:to|with)"
    r"|take|use|hand me|give me|answer in|write in) [^;!?\n]{2,80}?),? (?:unless (?:i|we|told"
    r"|otherwise|you['’]?re told|stated|specified|asked)\b[^;!?\n]{0,50}|as (?:the|a|your|my)"
    r" default|whenever (?:i|you|we)\b[^;!?\n]{2,50})"
    r"|(?P<of>[^,;:!?\n]{2,60}?) (?:is|are) (?:the|our|my) (?:default|rule|standard|norm)(?: here"
    r"| for (?:us|me)| at our \w+| in our \w+| with us| around here| by us| on our \w+)+)[.!]*$"
)


def ordered(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Write in British English when you draft anything for me"."""
    if (
        _A_TEXT.match(found["what"])
        or not does(found["what"])
        or _ONCE.search(spoken.text)
        or _MEANT_NOW.match(found["verb"])
    ):
        return
    yield _order(spoken, found["what"])


def given(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Every time I ask for a migration, include a rollback"."""
    if does(found["what"]) and not _ONCE.search(spoken.text):
        yield _order(spoken, found["what"])


def only(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Only use Sonnet for subagents, never Opus"."""
    named = [name for name in names(found["name"]) if spelled(name)]
    if named and not _ONCE.search(spoken.text):
        yield _order(spoken, found["what"])


def default(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Default to Blueprints unless I say otherwise", "two servings is the default here"."""
    yield _order(spoken, found["what"] or found["of"])


_MEANT_NOW = re.compile(
    r"(?i)(?:fix|find|show|list|compare|help|explain|create|generate|make|build|add|remove|rename"
    r"|delete|change|update|convert|translate|summari[sz]e|check|run|tell|do|try|look|plan|draft"
    r"|search|let|calculate|compute|describe|install|debug|think|get|take|count|sort|review"
    r"|refactor|rewrite|implement|test|draw|plot|set|put|open|close|move|book|order|buy|send"
    r"|order|suggest|recommend|design|read|apply|replace)$"
)
_ONCE = re.compile(
    r"(?i)\b(?:this time|for now|today|tonight|tomorrow|right now|here|below|above|attached|the"
    r" following|this (?:one|file|function|text|letter|email|paragraph|table|list|code|class"
    r"|method|image|chart)|these)\b"
)


_A_TEXT = re.compile(
    r"(?i)write (?:me|an?|some|the|\w+ (?:sentences|lines|words|paragraphs|pages))\b"
)


def _order(spoken: Spoken, about: str) -> Proposal | None:
    terms = (*key_terms(about), *key_terms("x " + spoken.text))
    if not terms:
        return None
    told = bare(spoken.text)
    return belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=f"In every answer to which it applies: {told[:1].lower()}{told[1:]}.",
        aliases=tuple(dict.fromkeys(terms)),
    )


LASTING: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_DEFAULT, default),
    (_GIVEN, given),
    (_TELL_ME, given),
    (_EACH, given),
    (_ONLY, only),
    (_EVERY_ANSWER, ordered),
    (_ORDERED, ordered),
)
