"""English: where statements stand in its sentences, and which forms they have."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.adoptions import ADOPTIONS
from mindhold.beliefs.learning.rules.body import BODY
from mindhold.beliefs.learning.rules.ceasing import CEASING
from mindhold.beliefs.learning.rules.changes import INSTEAD, NAMED_CHANGES
from mindhold.beliefs.learning.rules.corrections import CORRECTIONS
from mindhold.beliefs.learning.rules.directives import RULES
from mindhold.beliefs.learning.rules.facts import FACTS, NAMED_FACTS
from mindhold.beliefs.learning.rules.grammar import Form, Grammar
from mindhold.beliefs.learning.rules.identity import IDENTITY
from mindhold.beliefs.learning.rules.lasting import LASTING
from mindhold.beliefs.learning.rules.lessons import LESSONS
from mindhold.beliefs.learning.rules.ours import OURS
from mindhold.beliefs.learning.rules.persons import PERSONS, TIES
from mindhold.beliefs.learning.rules.preferences import FOND
from mindhold.beliefs.learning.rules.questions import QUESTIONS, SETTLING
from mindhold.beliefs.learning.rules.replacements import REPLACEMENTS
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.rules.slots import SLOTS
from mindhold.beliefs.learning.rules.statements import STATEMENTS
from mindhold.beliefs.learning.rules.tastes import TASTES
from mindhold.beliefs.learning.rules.terse import TERSE
from mindhold.beliefs.learning.rules.validity import VALIDITY
from mindhold.beliefs.learning.rules.waverings import WAVERINGS
from mindhold.beliefs.learning.rules.wishes import FORGET, fact, standing
from mindhold.beliefs.learning.tongues.english import ENGLISH as TONGUE
from mindhold.beliefs.learning.tongues.requests import MENTION, RECORD

_ANY = re.compile("")  # the forms themselves say how they begin
_FILLER = re.compile(
    r"(?i)(?:[-*+•>#\s]+|\d{1,2}[.)]\s|(?:ok|okay|so|also|btw|by the way|hi|hey|hello|well"
    r"|and|but|just so you know|for context|for your information|quick note|quick update"
    r"|some context|context|background|important"
    r"|small update|update|heads up|one more thing|please|first|second|actually|yes|right"
    r"|yeah|yep|yup|yes|nope|no(?! matter)|hmm+|ah|aha|ha|nice|cool|true|exactly|correct|agreed"
    r"|right|sure"
    r"|fair enough|understood|perfect|in short|anyway|anyways|ps|p\.s\.|pps|edit|fwiw|tbh"
    r"|honestly|frankly|look|listen|oh and|also|to be clear|(?:as|like) (?:i|we) (?:already "
    r"|just )?(?:said|mentioned|told you|wrote)(?: (?:before|earlier|already|yesterday|last"
    r" \w+))?|as mentioned"
    r"|quick one|morning|good (?:afternoon|evening)|at our (?:office|company|place|shop|lab"
    r"|school|clinic)|at (?:the )?(?:office|home|work)"
    r"|for (?:us|me)|personally|generally|by now|meanwhile|finally|in the end|long story short|oh"
    r"|thanks|thank you|great|at work|at home|in general|these days|nowadays|currently"
    r"|good morning"
    r"|as of (?:today|now|this \w+|last \w+)|since (?:last )?\w+|yesterday|last \w+"
    r"|earlier this \w+|a (?:week|month|year) ago|\w+ (?:weeks|months|years|days) ago"
    r"|most of the time|under the hood|(?:big|good|bad) news(?: first)?|one thing|as (?:you know"
    r"|always)"
    r"|(?:it['’]?s|now it['’]?s|that['’]?s) official|it goes without saying that"
    r"|(?:after|since|because of|thanks to|following|due to) [^,;:.!?]{3,50}?(?=,? (?:we|i)\b)"
    r"|[^,;:.!?]{5,60}(?=, so (?:we|i)(?:['’]ve)? (?:moved|switched|replaced|use|dropped|went"
    r"|now)\b)"
    r"|after (?:a )?\w+ \w+)[,:;!. –—-]+)"
)
_FOR_THE_RECORD = re.compile(
    rf"(?i)(?:{MENTION}|{RECORD})(?P<link>(?:,? (?:please|will you|would you|ok))?(?:,? (?:is"
    rf" )?that\b|:| this:"
    r"|,| –| —| -)?\s+)(?P<rest>\S.*)$",
    re.DOTALL,
)
_OTHERWISE = (
    r"(?:unless (?:(?:i|we) (?:say|tell you|tell|ask|specify|state)(?: so| you)?|(?:told|stated"
    r"|specified|asked|noted)) otherwise"
    r"|unless otherwise (?:stated|told|specified|noted)|unless (?:i|we) (?:say so|ask for it|ask)"
    r"|if (?:i|we) (?:do not|don['’]?t) say (?:anything else|otherwise|so))"
)
_EVERYWHERE = (
    r"(?:(?:in|for|across) all (?:of )?my (?:projects|books|work|repos)|across the board"
    r"|everywhere(?: and always)?|no matter what (?:we|i|you) [\w ]{2,20}|whatever (?:i|we|you)"
    r" (?:work|write|do|talk|cook|build)\w*(?: (?:on|about|for))?|in (?:all|everything) (?:that"
    r" )?(?:i|you|we) (?:write|do|make|build|cook)|in every project of (?:mine|ours)|in whatever"
    r" project|as a general rule|in general)"
)
_STANDING = re.compile(
    rf"(?i)(?:from now on|going forward|from here on(?: out)?|in (?:the )?future|by default"
    rf"|as a rule|from today(?: on)?|henceforth|as a default|{_OTHERWISE}"
    rf"|{_EVERYWHERE})[,:]?\s+(?=\S)"
)
_STANDING_END = re.compile(
    rf"(?i),?\s(?:from now on|going forward|from here on(?: out)?|by default|in (?:the"
    rf" )?future|{_OTHERWISE})(?:,? (?:please|thanks|ok))?[.!?]*$"
)
_PROJECT = re.compile(
    r"(?i)(?:(?:only|just) )?(?:in|for|on|with|at) (?:this|our|the current) (?:project"
    r"|repo(?:sitory)?|codebase|novel|book|story|campaign|workspace|course|study|thesis|case(?!,)"
    r"|matter"
    r"|game|client|customer|album|board|series|site|shop|store|restaurant|lab|class|band|ward|team"
    r"|manuscript|account|dataset|pipeline|service|app|website|season|production|engagement"
    r"|journal|paper|kitchen|house|household|office|firm|company)[,:]?\s+(?=\S)"
)
_ORDER_BEGINS = (
    r"(?=(?:always|never|don['’]?t (?:ever |use|suggest|recommend|propose|mention)"
    r"|do not (?:ever |use|suggest|recommend|propose|mention)|(?:please )?(?:prefer|avoid))\b)"
)
_NOT_HERE = r"(?![^,]{0,80}\b(?:(?:here|this|that) ?,|(?:below|above|attached|following)\b))"
_CONDITION = re.compile(
    rf"(?i)(?:for|in|on|with|during|inside|before|after|unless|should) {_NOT_HERE}[^,;!?]{{2,80}}, "
    rf"(?:then |please )*{_ORDER_BEGINS}"
    rf"|(?:when|whenever|if|every time|any time) {_NOT_HERE}[^,;!?]{{2,80}}?,? (?:then |please"
    rf" )*{_ORDER_BEGINS}"
    r"|(?:for|on|in|at|with|under) (?!(?:this|that|these|those|the (?:end|first|last|next)"
    r"|my (?:opinion|view)|general|fact|case|order|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
    r"[^,;:.!?]{2,40}?,? (?=(?:we|i)(?:['’]?(?:ve|re|m))? (?!(?:am|was|were|had|have|need|want|got"
    r"|get|think|feel|saw|found|see|can|could|would|will|should|must)\b)\w)"
)
_OF_PROJECT = re.compile(
    r"(?i)(?:we|our|all|every|the|use|keep|prefer|avoid|stick to|follow|assume|indent|name)\b"
    r"|[^,;:?\n]{0,50}\b(?:everything|all|every|each|always|throughout|only|never|must|should|needs?"
    r"|requires?)\b"
    r"|[^,;:?\n]{2,50} (?:comes? from|are (?:in|given|written|kept|made|those|set))\b"
)
_PROJECT_END = re.compile(
    r"(?i)\s(?:in|for) (?:this|our) (?:project|repo(?:sitory)?|codebase|novel|book"
    r"|campaign|study|thesis|case|matter)[.!]*$"
)
_SPLIT = re.compile(
    r"(?i)(?:[,;:–—]\s+(?:and |but |so |also |then |plus )?|\.\s+|\s(?:and|but"
    r"|so)\s(?:also )?)(?=(?:i|we|i['’](?:m|ve)|we['’](?:re|ve)|our|my|please|don['’]t|do"
    r" not|call me|stop|(?:never|always) (?-i:[a-z]))\b)"
)
_SECRET = re.compile(
    r"(?i)(?:,|;| and| –| —) (?:(?:and )?(?:the|its|our|whose|my|their)(?: [\w-]+){0,2}?"
    r" (?:\w*key|token"
    r"|password|passphrase|passcode|secret|pin|credentials?)\b|(?-i:[A-Z]\w*Key) (?=\S*\d))"
)
_TASK = re.compile(
    r"(?i)(?:to (?!always|never)|when|how|what|the word|the \w+ (?:limit|count)|your?\b|me\b|us\b"
    r"|him\b|her\b|it\b)"
)
_INFINITIVE = re.compile(r"(?i)to (?=always|never)")
_JOINT = re.compile(r"(?i)[\s,;:–—]*(?:\b(?:and|but|so)(?: also)?)?[\s,;:–—]*$")
_SOFTENER = re.compile(
    r"(?i)(?:(?:please|also|just|then|maybe|pls|kindly)\s"
    r"|(?:can|could|would|will) you (?:please |just )*(?=[a-z])|(?:can|could|would|will) (?:you"
    r"|we) (?=(?:\w+ ){0,2}?(?:stop|quit"
    r"|avoid|refrain|stick|lay|leave|drop)\b))+"
)
_BY_US = re.compile(r"(?i)(?:we|i)\b")


def _instead(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Use B instead of A" asks for one answer, unless it is said to last."""
    if spoken.explicit or spoken.standing or _BY_US.match(spoken.text):
        yield from INSTEAD[1](found, spoken)


_WHOLE: tuple[Form, ...] = (
    *ADOPTIONS, *SETTLING, *CORRECTIONS, *LESSONS, *REPLACEMENTS, *NAMED_CHANGES, *IDENTITY, *TIES,
    *NAMED_FACTS, *RULES, *CEASING, *FOND, *TERSE,
)  # fmt: skip
_FORMS: tuple[Form, ...] = (
    (INSTEAD[0], _instead), FORGET, *QUESTIONS, *CEASING, *IDENTITY, *BODY, *PERSONS, *STATEMENTS,
    *SLOTS, *FACTS, *LASTING, *OURS, *WAVERINGS, *TASTES, *VALIDITY,
)  # fmt: skip

ENGLISH = Grammar(
    tongue=TONGUE,
    hint=_ANY,
    filler=_FILLER,
    record=_FOR_THE_RECORD,
    task=_TASK,
    infinitive=_INFINITIVE,
    standing_begins=_STANDING,
    standing_ends=_STANDING_END,
    project_begins=_PROJECT,
    project_ends=_PROJECT_END,
    of_project=_OF_PROJECT,
    condition=_CONDITION,
    split=_SPLIT,
    joint=_JOINT,
    softener=_SOFTENER,
    begins=_ANY,
    secret=_SECRET,
    whole=_WHOLE,
    forms=_FORMS,
    fact=fact,
    standing=standing,
)
