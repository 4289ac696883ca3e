"""English: where statements stand in its sentences, and which forms they have."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.adoptions import ADOPTIONS
from mindhold.beliefs.learning.rules.changes import INSTEAD, NAMED_CHANGES
from mindhold.beliefs.learning.rules.corrections import CORRECTIONS
from mindhold.beliefs.learning.rules.grammar import Form, Grammar
from mindhold.beliefs.learning.rules.identity import IDENTITY
from mindhold.beliefs.learning.rules.lessons import LESSONS
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.rules.statements import STATEMENTS
from mindhold.beliefs.learning.rules.terse import TERSE
from mindhold.beliefs.learning.rules.waverings import WAVERINGS
from mindhold.beliefs.learning.rules.wishes import FORGET, fact, standing
from mindhold.beliefs.learning.tongues.english import ENGLISH as TONGUE

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
_SECRET = re.compile(
    r"(?i)(?:,|;| and| –| —) (?:(?:and )?(?:the|its|our|whose|my|their)(?: [\w-]+){0,2}?"
    r" (?:\w*key|token"
    r"|password|passphrase|passcode|secret|pin|credentials?)\b|(?-i:[A-Z]\w*Key) (?=\S*\d))"
)
_TASK = re.compile(r"(?i)(?:to (?!always|never)|when|how)\b")
_INFINITIVE = re.compile(r"(?i)to (?=always|never)")
_JOINT = re.compile(r"(?i)[\s,;:–—]*(?:\b(?:and|but|so)(?: also)?)?[\s,;:–—]*$")
_SOFTENER = re.compile(r"(?i)(?:please|also|just)\s")
_BY_US = re.compile(r"(?i)(?:we|i)\b")


def _instead(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Use B instead of A" asks for one answer, unless it is said to last."""
    if spoken.explicit or spoken.standing or _BY_US.match(spoken.text):
        yield from INSTEAD[1](found, spoken)


_FORMS: tuple[Form, ...] = ((INSTEAD[0], _instead), FORGET, *STATEMENTS, *WAVERINGS)

ENGLISH = Grammar(
    tongue=TONGUE,
    hint=_HINT,
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
    begins=_STATEMENTS_START,
    secret=_SECRET,
    whole=(*ADOPTIONS, *CORRECTIONS, *LESSONS, *NAMED_CHANGES, *IDENTITY, *TERSE),
    forms=_FORMS,
    fact=fact,
    standing=standing,
)
