"""The rules at work: each sentence of the user's own words, clause by clause, first match wins."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from mindhold.beliefs.learning.candidate import Extraction, NewBelief, Proposal, Update
from mindhold.beliefs.learning.heard import Heard, Sentence
from mindhold.beliefs.learning.rules.adoptions import ADOPTIONS
from mindhold.beliefs.learning.rules.changes import INSTEAD, NAMED_CHANGES
from mindhold.beliefs.learning.rules.corrections import CORRECTIONS
from mindhold.beliefs.learning.rules.identity import IDENTITY
from mindhold.beliefs.learning.rules.lessons import LESSONS
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.rules.statements import STATEMENTS
from mindhold.beliefs.learning.rules.terse import TERSE
from mindhold.beliefs.learning.rules.waverings import WAVERINGS
from mindhold.beliefs.learning.rules.wishes import FORGET, fact, standing
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.model import Type
from mindhold.beliefs.text.identifiers import identifier

_HINT = re.compile(
    r"(?i)\b(?:i|we|i['’]m|we['’]re|i['’]ve|we['’]ve|our|my|remember|note|mind|forget"
    r"|always|never|don['’]t|do not|stop|avoid|quit|call me|from now on|going forward"
    r"|by default|in this|replaced|switched|moved|migrated|decision|use|disregard)\b"
)
_FILLER = re.compile(
    r"(?i)(?:[-*+•>#\s]+|\d{1,2}[.)]\s|(?:ok|okay|so|also|btw|by the way|hi|hey|hello|well"
    r"|and|but|just so you know|for context|for your information|quick note|quick update"
    r"|some context|context|background|important"
    r"|small update|update|heads up|one more thing|please|first|second|actually|yes|right"
    r"|oh|thanks|thank you|great|at work|at home|in general|these days|nowadays|currently"
    r"|good morning"
    r"|as of (?:today|now|this \w+|last \w+)|since (?:last )?\w+|yesterday|last \w+"
    r"|earlier this \w+|a (?:week|month|year) ago|\w+ (?:weeks|months|years|days) ago"
    r"|after (?:a )?\w+ \w+)[,:;!. –—-]+)"
)
_FOR_THE_RECORD = re.compile(
    r"(?i)(?:(?:please |can you (?:please )?|could you (?:please )?|i (?:want|need) you to"
    r" |you should )?(?:remember|note|keep in mind|bear in mind|don['’]t forget|do not"
    r" forget|make a note|take note|memori[sz]e|be aware)"
    r"|(?:just )?for (?:the record|future reference)|for your memory|fyi|reminder|to"
    r" remember|note to (?:self|myself|you)(?: and to (?:you|self))?(?=:)|noted(?: for (?:the"
    r" future|next time|later))?(?=:))(?P<link>(?: down)?(?: the following)?(?:,? that\b|:| this:"
    r"|,| –| —|"
    r" -)?\s+)(?P<rest>\S.*)$",
    re.DOTALL,
)
_STANDING = re.compile(
    r"(?i)(?:from now on|going forward|from here on(?: out)?|in (?:the )?future|by default"
    r"|as a rule|from today(?: on)?|henceforth|as a default|unless i say"
    r" otherwise|(?:in|for|across) all (?:of )?my (?:projects|books|work|repos))[,:]?\s+(?=\S)"
)
_STANDING_END = re.compile(
    r"(?i),?\s(?:from now on|going forward|from here on(?: out)?|by default|in (?:the"
    r" )?future|unless i say otherwise)[.!]*$"
)
_PROJECT = re.compile(
    r"(?i)(?:in|for|on) (?:this|our|the current) (?:project|repo(?:sitory)?|codebase|novel"
    r"|book|story|campaign|workspace|course|study|thesis|case|matter|game)[,:]?\s+(?=\S)"
)
_CONDITION = re.compile(
    r"(?i)(?:for|when \w+ing|in|on|with|during|inside) [^,;.!?]{2,60}, "
    r"(?=(?:always|never|don['’]t|do not)\b)"
)
_OF_PROJECT = re.compile(
    r"(?i)(?:we|our|all|every|the|use|keep|prefer|avoid|stick to|follow|assume|indent|name)\b"
)
_PROJECT_END = re.compile(
    r"(?i)\s(?:in|for) (?:this|our) (?:project|repo(?:sitory)?|codebase|novel|book"
    r"|campaign|study|thesis|case|matter)[.!]*$"
)
_SPLIT = re.compile(
    r"(?i)(?:[,;:–—]\s+(?:and |but |so |also |then |plus )?|\.\s+|\s(?:and|but"
    r"|so)\s(?:also )?)(?=(?:i|we|i['’](?:m|ve)|we['’](?:re|ve)|our|my|please|don['’]t|do"
    r" not|never|always|call me|stop)\s)"
)
_STATEMENTS_START = re.compile(
    r"(?i)\W*(?:i|we|i['’]m|we['’]re|i['’]ve|we['’]ve|our|my|always|never|don['’]t|do not"
    r"|stop|avoid|quit|call me|you can|please|now|use|using|decision|the decision|forget"
    r"|disregard|unlearn|replaced|switched|moved|migrated)\b|.{1,60}\breplaced\b"
)


WHOLE = (*ADOPTIONS, *CORRECTIONS, *LESSONS, *NAMED_CHANGES, *IDENTITY, *TERSE)


class Rules:
    """The deterministic extractor: no model, no cost, English."""

    name = "rules"
    version = "1"

    def extract(self, heard: Heard) -> Extraction:
        """What the plain forms of statement in the turn propose."""
        found = [made for one in heard.sentences for made in _proposals(one, heard.said)]
        beliefs = [one for one in found if isinstance(one, NewBelief)]
        return Extraction(
            new_beliefs=tuple(one for one in beliefs if one.type is not Type.OPEN_QUESTION)[:32],
            open_questions=tuple(one for one in beliefs if one.type is Type.OPEN_QUESTION)[:16],
            updates=tuple(one for one in found if isinstance(one, Update))[:32],
        )


def _proposals(sentence: Sentence, said: Said) -> Iterator[Proposal]:
    body = _without_secret(sentence.text)
    if len(body) > 1000:
        return
    if body.endswith("?") and (premise := ENGLISH.guards.premise.match(body)):
        body = body[premise.end() :].partition(", ")[0]
    if formed := list(_whole(body, said)):
        yield from formed
        return
    if not _HINT.search(body):
        return
    filler = _lead(body)
    rest, explicit = body[filler:], False
    quote = rest
    if found := _FOR_THE_RECORD.match(rest):
        if not found["link"].strip() and re.match(
            r"(?i)(?:to (?!always|never)|when|how)\b", found["rest"]
        ):
            return
        rest, explicit = re.sub(r"(?i)^to (?=always|never)", "", found["rest"]), True
    elif found := ENGLISH.voice.asked_at_end.search(rest):
        rest, explicit = rest[: found.start()], True
    rest, is_standing, project = _standing(rest)
    condition = given[0] if (given := _CONDITION.match(rest)) else ""
    rest = rest[len(condition) :]
    yielded = False
    for text in _clauses(rest):
        told = condition + rest if condition else text
        spoken = Spoken(
            text=text.strip(), quote=quote if explicit or is_standing else told.strip(" ,;:"),
            condition=condition, day=said.at.date(),
            around=body, explicit=explicit, standing=is_standing, project=project,
        )  # fmt: skip
        for made in _stated(spoken):
            yielded = True
            yield made
    if yielded:
        return
    whole = Spoken(
        around=body,
        day=said.at.date(),
        text=rest.strip(),
        quote=quote,
        explicit=explicit,
        standing=is_standing,
        project=project,
    )
    if explicit:
        yield from _present(fact(whole))
    elif is_standing or (project and _OF_PROJECT.match(whole.text)):
        yield from _present(standing(whole))


_SECRET = re.compile(
    r"(?i)(?:,|;| and| –| —) (?:(?:and )?(?:the|its|our|whose|my|their)(?: [\w-]+){0,2}?"
    r" (?:\w*key|token"
    r"|password|passphrase|passcode|secret|pin|credentials?)\b|(?-i:[A-Z]\w*Key) (?=\S*\d))"
)


def _without_secret(body: str) -> str:
    """The sentence up to where it goes on to a credential."""
    found = _SECRET.search(body)
    kept = body[: found.start()] if found else body
    return kept if len(kept.split()) > 3 and not identifier(kept) else body


def _whole(body: str, said: Said) -> Iterator[Proposal]:
    """What a sentence says by its form as a whole."""
    lead = _lead(body)
    for shape, build in WHOLE:
        if found := shape.match(body) or (lead and shape.match(body, lead)):
            quote = found[0].strip(" ,;:")
            spoken = Spoken(
                text=quote,
                quote=quote,
                around=body,
                earlier=said.earlier,
                answer=said.answer,
                day=said.at.date(),
            )
            if made := list(_present(build(found, spoken))):
                yield from made
                return


def _lead(body: str) -> int:
    """Where the statement begins behind greetings and the like."""
    at = 0
    while strip := _FILLER.match(body, at):
        at = strip.end()
    return at


def _standing(rest: str) -> tuple[str, bool, bool]:
    """The clause without its "from now on" and "in this project", and whether it had them."""
    standing_at, project_at = _STANDING.match(rest), None
    rest = rest[standing_at.end() :] if standing_at else rest
    project_at = _PROJECT.match(rest)
    rest = rest[project_at.end() :] if project_at else rest
    ends, in_project = _STANDING_END.search(rest), _PROJECT_END.search(rest)
    rest = rest[: ends.start()] if ends else rest
    return rest, bool(standing_at or ends), bool(project_at or in_project)


def _clauses(text: str) -> Iterator[str]:
    cuts = [0, *(cut.end() for cut in _SPLIT.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        part = (
            re.sub(r"(?i)[\s,;:–—]*(?:\b(?:and|but|so)(?: also)?)?[\s,;:–—]*$", "", text[start:end])
            if end < len(text)
            else text[start:end]
        )
        if part.strip():
            yield part


def _stated(spoken: Spoken) -> Iterator[Proposal]:
    text = re.sub(r"(?i)^(?:please|also|just)\s", "", spoken.text)
    if not _STATEMENTS_START.match(text):
        return
    instead = spoken.explicit or spoken.standing or re.match(r"(?i)(?:we|i)\b", text)
    forms = ((INSTEAD,) if instead else ()) + (FORGET, *STATEMENTS, *WAVERINGS)
    for shape, build in forms:
        if (found := shape.match(text)) and (made := list(_present(build(found, spoken)))):
            yield from made
            return


def _present(proposals: Iterable[Proposal | None]) -> Iterator[Proposal]:
    return (made for made in proposals if made is not None)
