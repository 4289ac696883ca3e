"""Forms: how people say that a thing they speak of has another name; pure.

A pattern is tried on a sentence in which the known name, article included, is one `KNOWN`; its
group `name` is the new one. Where it has a group `told`, that alone is what the sentence tells.
"""

import re
from dataclasses import dataclass

KNOWN = "\x00"
_WORD = r"[^\W_](?:[\w+#&]|[./'’-](?=\w))*"
_QUOTED = r"[\"“„«‘'`*]{1,3}\s?[^\"“”„«»‘’'`*\n]{1,60}?\s?[\"”“»’'`*]{1,3}"
_END = r"(?=\s*(?:[,;:!?()\[\]–—]|\.(?:\s|$)|$|-\s))"
_TAIL = (
    r"(?: (?:here|internally|from (?:now|here) on|for short|among ourselves|at work|bei uns|intern"
    r"|chez nous|entre nous|en interne|entre nosotros))*"
)
_NAME = rf"(?P<name>{_QUOTED}|{_WORD}(?: {_WORD}){{0,3}}?){_TAIL}{_END}"
_FIRST = rf"(?P<name>{_QUOTED}|(?:(?<!\w)(?-i:[A-ZÄÖÜÉ])[\w.+#-]* ){{0,3}}(?<![\w.'’-]){_WORD})"
_OPENS = r"\s*(?:[,(–—]|\s-\s)\s*"
_START = r"(?:^|(?<=[,;:(–—.]\s)|(?<=and )|(?<=that )|(?<=fyi )|(?<=und )|(?<=et )|(?<=que ))"
_OFTEN = (
    r"(?: (?:all|just|also|usually|always|simply|mostly|often|internally|lovingly"
    r"|affectionately|only|both))*"
)
_WE_CALL = rf"(?:we|i|everyone(?: here)?|everybody(?: here)?|the (?:whole )?team){_OFTEN} calls?"
_SHORT_FOR = (
    r"(?:(?:just|also|simply) )?(?:(?:short|shorthand|slang|our (?:nick|code|pet ?)?name"
    r"|(?:a|the|my) (?:nick|code)name|our word|another (?:name|word)|an? (?:abbreviation|alias)"
    r"|the (?:abbreviation|acronym|short form|short name)) (?:for|of))"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it.

    `aside`: it stands in a sentence that may ask or suppose what it will. `strict`: only a made-up
    name or a quoted one is meant, the place may be an adverb's too. `gloss`: it may as well fill
    the slot that the known name stands for. `fitting`: one must be short for the other.
    """

    pattern: re.Pattern[str]
    aside: bool = False
    strict: bool = False
    gloss: bool = False
    fitting: bool = False


def _form(pattern: str, **how: bool) -> Form:
    return Form(re.compile("(?i)" + pattern.replace("K", KNOWN)), **how)


_ASIDE_CALLED = (
    r"(?:a\.?k\.?a\.?|also (?:known|referred to) as|otherwise known as|better known as"
    r"|known (?:here |internally |to us |in-house )?as|nicknamed|dubbed|code-?named|short:"
    r"|(?:lovingly|affectionately|jokingly|internally|fondly) (?:called|known as|named)"
    r"|abbreviated(?: as| to)?|alias)"
)
_SURE = (
    _form(rf"K{_OPENS}{_ASIDE_CALLED}:? {_NAME}", aside=True),
    _form(rf"K{_OPENS}(?:which |that |as )?(?:we|i){_OFTEN} (?:call|refer to)"
          rf"(?: (?:it|him|her|them|that|this))?(?: as)? {_NAME}", aside=True, strict=True),
    _form(rf"K (?:a\.?k\.?a\.?|alias|also known as) (?P<name>{_QUOTED}|{_WORD})", aside=True,
          strict=True),
    _form(rf"{_FIRST},? (?:a\.?k\.?a\.?|alias|also known as) K", aside=True, strict=True),
    _form(rf"K{_OPENS}(?:or )?(?:just |simply )?(?P<name>{_QUOTED}|{_WORD}(?: {_WORD})?) for short",
          aside=True),
    _form(rf"(?<!\w){_WE_CALL} K {_NAME}", strict=True),
    _form(rf"(?:let['’]s|you (?:can|may)|^|^please|, )(?: also| just)? ?call K {_NAME}",
          strict=True),
    _form(rf"(?<!\w)(?:i|we)(?:['’]ve| have| just)* (?:been|taken to|started|begun|got used to)"
          rf" calling K {_NAME}", strict=True),
    _form(rf"(?<!\w)(?:we|i|everyone|everybody|people)(?: here)?{_OFTEN} says? (?P<name>{_QUOTED}"
          rf"|{_WORD}) (?:for|instead of|when we mean) K{_END}", strict=True),
    _form(rf"K (?:is|['’]s|are) (?:also |often |usually )?(?:known as|nicknamed|dubbed"
          rf"|referred to as|abbreviated(?: as| to)?|code-?named) {_NAME}", strict=True),
    _form(rf"K goes by (?:the name (?:of )?)?{_NAME}", strict=True),
    _form(rf"{_START}{_FIRST} (?:is|['’]s|are) {_SHORT_FOR} K{_END}"),
    _form(rf"{_START}{_FIRST} (?:stands for|is what we(?: all)? call) K{_END}"),
    _form(rf"(?<!\w)(?:by|with) {_FIRST},? (?:i|we) (?:always |just )?(?:mean|refer to) K{_END}"),
    _form(rf"when (?:i|we) (?:say|write|type|talk about|mention) (?P<told>{_FIRST},? "
          rf"(?:i|we) (?:always |just )?(?:mean|am talking about) K){_END}", aside=True),
    _form(r"(?:nick ?name|short name|code ?name|alias|abbreviation|short form|shorthand)"
          rf" (?:for|of) K is {_NAME}"),
)  # fmt: skip
_LOOSE = (
    _form(rf"K{_OPENS}(?:called|named) {_NAME}", aside=True, strict=True, gloss=True),
    _form(rf"K is (?:also |usually )?called {_NAME}", strict=True, gloss=True),
    _form(rf"{_FIRST}{_OPENS}i\.?e\.?,? K{_END}", aside=True, strict=True,
          gloss=True),
    _form(rf"{_START}{_FIRST} = K{_END}", fitting=True),
    _form(rf"K = {_NAME}", fitting=True),
    _form(rf"K \({_NAME}\)", aside=True, fitting=True),
    _form(rf"{_FIRST} \(K\)", aside=True, fitting=True),
)  # fmt: skip
_GERMAN = (
    _form(rf"K{_OPENS}(?:bei uns |intern |hier )*(?:heißt|heisst|nennen wir) (?:er|sie|es|ihn|das)"
          rf"(?: (?:bei uns|intern|nur|einfach|auch))* {_NAME}", aside=True),
    _form(rf"K{_OPENS}wir nennen (?:ihn|sie|es|das)(?: (?:nur|einfach|auch|intern))* {_NAME}",
          aside=True),
    _form(rf"(?<!\w)wir nennen K(?: (?:nur|einfach|auch|intern|immer))* {_NAME}", strict=True),
    _form(rf"K{_OPENS}(?:(?:auch|bei uns|intern) )*(?P<name>{_QUOTED}|{_WORD}) genannt{_END}",
          aside=True),
    _form(rf"K{_OPENS}(?:kurz:?|abgekürzt) {_NAME}", aside=True),
    _form(rf"K heißt bei uns (?:(?:nur|einfach|auch) )*{_NAME}", strict=True),
    _form(rf"{_START}{_FIRST} (?:steht|ist kurz|ist die abkürzung) für K{_END}"),
    _form(rf"(?<!\w)mit {_FIRST} mein(?:e ich|en wir|te ich) K{_END}"),
    _form(rf"{_FIRST}{_OPENS}(?:sprich|d\. ?h\.|das heißt) K{_END}", aside=True, strict=True,
          gloss=True),
)  # fmt: skip
_FRENCH = (
    _form(rf"K{_OPENS}(?:alias|dite?|surnommée?|qu['’]on appelle|que nous appelons"
          rf"|on l['’]appelle|nous l['’]appelons)(?: (?:aussi|simplement|juste))* {_NAME}",
          aside=True, strict=True),
    _form(rf"(?<!\w)(?:on|nous) appel(?:le|ons) K {_NAME}", strict=True),
    _form(rf"K{_OPENS}(?P<name>{_QUOTED}|{_WORD}) (?:en abrégé|pour faire court){_END}",
          aside=True),
    _form(rf"(?<!\w)par {_FIRST},? (?:j['’]entends|je veux dire|nous entendons) K{_END}"),
    _form(rf"{_START}{_FIRST} est (?:l['’]abréviation|le surnom|le diminutif) (?:de |du )?K{_END}"),
    _form(rf"{_FIRST}{_OPENS}(?:c['’]est-à-dire|autrement dit|c\.-à-d\.) K{_END}", aside=True,
          strict=True, gloss=True),
)  # fmt: skip
_SPANISH = (
    _form(rf"K{_OPENS}(?:alias|también conocid[oa] como|apodad[oa]) {_NAME}", aside=True),
    _form(rf"K{_OPENS}(?:que |l[oae] )llamamos {_NAME}", aside=True, strict=True),
    _form(rf"K l[oae] llamamos {_NAME}", strict=True),
    _form(rf"(?<!no )(?<!\w)llamamos (?P<name>{_QUOTED}|{_WORD}) K{_END}", strict=True),
    _form(rf"K{_OPENS}(?P<name>{_QUOTED}|{_WORD}) para abreviar{_END}", aside=True),
    _form(rf"(?<!\w)con {_FIRST},? (?:me refiero|nos referimos|quiero decir)(?: a)? K{_END}"),
    _form(rf"{_START}{_FIRST} es (?:la abreviatura|el apodo|el alias) (?:de )?K{_END}"),
    _form(rf"{_FIRST}{_OPENS}(?:es decir|o sea),? K{_END}", aside=True, strict=True, gloss=True),
)  # fmt: skip
FORMS = (*_SURE, *_LOOSE, *_GERMAN, *_FRENCH, *_SPANISH)

CUE = re.compile(
    r"(?i)\ba\.?k\.?a\b|\bas\b|\balias\b|call|nick ?name|\bnam(?:ed?|es)\b|dubbed|short|stands"
    r"|\bmean|goes by|says? |abbrev|code ?name|\bi\.?e\b|=|\(|hei(?:ß|ss)t|nenn|genannt"
    r"|kurz|abgek|steht|mein|\bauch\b|sprich|d\. ?h|\bdite?\b|surnom|appel|entends|veux dire|abrég"
    r"|abrév|diminutif|faire court|à[- ]d|autrement|conocid|llam|apod|refier|abrevi|decir|o sea"
    r"|word for"
)
"""What one of the forms must have; most sentences have none of it."""
