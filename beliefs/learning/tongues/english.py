"""English: how its speakers ask, suppose, report, take back and state."""

import re

from mindhold.beliefs.learning import terms
from mindhold.beliefs.learning.tongues.announcing import ANNOUNCED
from mindhold.beliefs.learning.tongues.denying import CONTRAST, NEGATION
from mindhold.beliefs.learning.tongues.requests import ASKED_AT_END, EXPLICIT, WISH
from mindhold.beliefs.learning.tongues.tongue import Guards, Tongue, Voice, opening, words

_ASKING = re.compile(
    r"(?i)^(?:\W*(?:so|and|but|hey|hi|hello|ok|okay|also|well|then|now|btw)[, ]+){0,2}"
    r"(?:what|when|where|which|who|whose|whom|why|how|do you|did|does|do (?:we|i|they|you)"
    r"|is (?:it|there|this|that)"
    r"|are (?:we|you|there|they)|am i|can (?:i|we|you|someone)|could|should|would|will"
    r" (?:you|it|we)|shall"
    r"|may i|might|have (?:you|we|i) (?!to\b)|has|don't (?:we|i|you)|isn't|aren't|wasn't"
    r"|didn't|haven't (?:we|i|you)"
    r"|any idea|you know (?:what|where|which|how)|wondering|i wonder|tell me (?:what|why"
    r"|how|if|whether)"
    r"|explain)\b"
)
_PREMISE = re.compile(r"(?i)\W*(?:(?:so|ok|hi|hey|and)[, ]+)*(?:since|now that|given that) ")
"""Since we moved to B, how …?"""
_TELLING = re.compile(
    r"(?i)\W*(?:(?:if|when|whenever|once|before|after|unless|until|while|in|for|every time|any"
    r" time)\b[^?]*,? "
    r"(?:then |please )*(?:always|never|prefer|avoid|don['’]?t (?:ever|use|suggest|recommend"
    r"|mention)|do not (?:ever|use|suggest|recommend|mention))\b"
    r"|what (?:i|we|finally|really|actually|eventually)?\b[^:?]*(?: was |:)"
    r"|what (?:always |really )?(?:works|helps) (?:best )?for (?:me|us)\b[^?]* is "
    r"|what(?:ever)? (?:i|you)\b[^?]*(?:does(?:n['’]t| not)|no longer|is (?:out of date|wrong"
    r"|old))\b"
    r"|what (?:i|we) (?:like"
    r"|love|prefer|want|need|use|do)\b[^?]* (?:is|are) )"
)
_SUPPOSED = re.compile(
    r"(?i)^\W*(?:for (?:instance|example)\b|e\.g\.|in (?:the|this|that|our|my|an) (?:\w+ )?"
    r"(?:example|tutorial|guide|exercise|lesson|snippet|figure|listing)\b|step \d)|"
    r"^\W*(?:(?:so|and|but|now|ok|well|then|let's)[, ]+){0,2}"
    r"(?:if(?! (?:it['’]?s all the same|possible|you (?:do not |don['’]t )?mind|you can|only we"
    r" use))|suppose|supposing|imagine|assume|assuming|say (?:we|i|that)|let us|let['’]?s"
    r" (?:say|imagine|assume|pretend)"
    r"|say|pretend|what if|unless(?! (?:i|we) (?:say|tell|ask|specify|state|note|mention))|in"
    r" case|hypothetically|as if|were (?:we|i) to|had (?:we"
    r"|i)|i wish|wish|if only"
    r"|maybe|perhaps|i think (?:we|i) (?:might|may|could)|i doubt|i guess|whether|in"
    r" theory|once (?:we|i)"
    r"|when (?:we|i|you)|before (?:we|i)(?! (?:start|begin|go|continue|dive|get|forget))|until"
    r" (?:we|i)|while (?:we|i)|after (?:we|i))\b"
)
_MAYBE = re.compile(
    r"(?i)\b(?:might|maybe|perhaps|probably|possibly|would(?! you *[:,?])|could(?! you *[:,?])"
    r"|hypothetically|one day"
    r"|someday|eventually)\b"
)
_REPORTED = re.compile(
    r"(?i)\b(?:(?:he|she|they|it|[A-Z]\w+|boss|manager|colleague|friend|wife|husband"
    r"|partner|teacher|reviewer(?: \d)?|docs?"
    r"|documentation|article|book|paper|post|readme|guide|tutorial|model|assistant|chatgpt"
    r"|claude|copilot|linter"
    r"|people|someone|somebody|everyone|everybody|counsel|plaintiff|defendant|plumber"
    r"|vendor)\s(?:\w+ly\s)?"
    r"(?:says?|said|told|thinks?|thought|claims?|claimed|believes?|wants?|wanted|asked"
    r"|argues?|argued|suggests?"
    r"|suggested|recommends?|recommended|writes?|wrote|insists?|insisted|mentioned|states?|heard)"
    r"|according to|as (?:[\w'’]+ ){1,4}(?:puts?|used to say) it|i (?:heard|read|was told|saw)"
    r"|apparently|supposedly|rumou?r|quote|to quote)\b"
)
_REPORTED_AFTER = re.compile(
    r"(?i)[“”\"]?, (?:(?:he|she|they|[A-Z]\w+|the \w+) (?:said|says|replied|answered|wrote)"
    r"|(?:said|says|replied|wrote) (?:he|she|they|the|my|our|[A-Z]))\b"
)
_OWN_LABELS = frozenset(
    re.findall(
        r"\w+",
        """
    note notes update fyi context background decision decisions reminder remember important edit
    ps btw stack setup tools tooling info disclaimer constraint constraints requirement
    requirements rule rules preference preferences summary status also plus first second third
    finally correction answer me style verdict conclusion outcome policy
    """,
    )
)
_FICTION = re.compile(
    r"(?i)^\W*(?:please\s)?(?:pretend|role-?play|imagine|act as|you are (?:a|an|the|now"
    r"|[A-Z])|you're (?:a|an) |let's play|continue the (?:story|scene)"
    r"|(?:speaking|talking|answering) as (?:a|an|the) (?!user|customer|developer|team|company"
    r"|dev)\w+:"
    r"|(?:[\w-]+ ){0,2}?(?:lyrics|verse|chorus|refrain|stanza|monologue"
    r"|voice-?over)\b[^.!?\n]{0,30}:"
    r"|write (?:me )?(?:a|an|the|some) (?:\w+\s){0,3}(?:story|scene|poem|dialogue"
    r"|monologue|song|script|screenplay|sketch|tale"
    r"|joke|speech|essay|blog|post|tweet|novel|chapter|letter|e?mail|ad|bio|review)|in"
    r" (?:the|this|my) (?:story|scene|dream|film|movie|novel|game),(?=.*\b(?:i|we|my|our|us|me)\b))"
)
_TAKEN_BACK = re.compile(
    r"(?i)^\W*(?:(?:oh|ah|hm+|um+|ugh?|oops|sorry|ok|well|actually)[,.! ]+){0,2}(?:wait|hold on"
    r"|no[,. !]|nope"
    r"|nah|actually,? (?:no|scratch|forget|wait|never)"
    r"|scratch that|strike that|disregard|wrong (?:file|window|chat|tab|thread|project|person)"
    r"|i (?:mean|meant)\b(?! (?:it|that|every))|just kidding|kidding|jk\b|never ?mind|nvm\b"
    r"|(?:please"
    r" )?forget (?:that|it|i said|what i)|not really|ignore (?:that|this|it)"
    r"|i take (?:that|it) back|that(?:'s| is| was) (?:wrong|not true|a joke|a lie"
    r"|outdated)|correction|lol\b|haha|on second thou?ghts?|come to think of it|my (?:bad|mistake)"
    r"|or not\b|i was joking"
    r"|i'm joking|as if\b|james bond\b|(?:please )?(?:don't|do not) (?:remember|save|store"
    r"|memori[sz]e|keep"
    r"|note|record|learn) (?:that|this|it|any))"
)
_TAKEN_BACK_INSIDE = re.compile(
    r"(?i)\b(?:just kidding|scratch that|strike that|lol|haha|jk|(?:don't|do not)"
    r" (?:remember|save|store|memori[sz]e|note|record|learn) (?:this|that|it|any)"
    r"|off the record|never ?mind|no wait|(?:ah|oh|hm+|oops|ugh),? (?:no|wait)\b|wait,? no|no,?"
    r" wait"
    r"|no,? sorry|or rather|on second thou?ghts?|come to think of it"
    r"|forget (?:i said )?that)\b|/s\b"
)
_KEEP = (
    r"(?:remember|sav(?:e|ing)|stor(?:e|ing)|keep(?:ing)?|not(?:e|ing)(?: down)?|log(?:ging)?"
    r"|record(?:ing)?|retain(?:ing)?|memori[sz](?:e|ing)|learn(?:ing)?|writ(?:e|ing) down)"
)
_IT = (
    r"(?:(?:this|that|it|any of (?:this|that|it)|anything)(?: one)?(?: down)?"
    r"(?= (?:anywhere|somewhere|in your|to your|for (?:later|the future)|please|but|though)\b"
    r"|\s*[,:;.!)–—-]|$))"
)
_MEMORY = (
    r"(?:(?:your|the) (?:memory|notes?|records?|logs?|profile)|what you (?:know|keep|remember))"
)
_PRIVATE = re.compile(
    rf"(?i)\b(?:(?:don['’]t|do not|never|not|without|no need to|need not|needn['’]t|no(?:t have"
    rf"| need)"
    rf"|n['’]t want you) (?:to |have to |need to )?(?:\w+ )?{_KEEP}(?: {_IT}|(?=\s*[:,;.!)–—-]|$))"
    rf"|(?:forget|delete) (?:this|that|it) (?:after\w*|when|once|later|again)"
    rf"|(?:not|\w+n['’]t) (?:\w+ ){{0,3}}(?:go|put|added|end up|stay|in) (?:into|in|on"
    rf"|to)? ?{_MEMORY}"
    r"|(?:not|n['’]t) (?:to )?be (?:remembered|stored|saved|recorded|kept|logged)"
    r"|(?:not something|nothing) (?:to|you should|for you to) (?:\w+ )?(?:remember|save|store|keep"
    r"|note)"
    rf"|(?:keep|leave) (?:this|that|it) (?:out of|off) {_MEMORY}"
    r"|(?:off|not for|keep (?:this|that|it) off) the record|for your (?:eyes|ears) only"
    r"|between (?:us|you and me)\b|(?:that|this|it) stays (?:here|between|in this)"
    r"|keep (?:this|that|it) (?:to yourself|private|between)|(?<=this is )confidential"
    r"|ignore this (?:for|in|from) (?:later|the future|future|memory|now))\b"
    rf"|(?:don['’]t|do not|not|without) {_KEEP} {_IT}"
    r"|(?i:^\W*(?:strictly )?confidential(?:ly)?\b(?=\s*[,:;.!–—-]))"
)
_HYPERBOLE = re.compile(
    r"(?i)\b(?:eat my (?:hat|shoes?)|when pigs fly|(?:hell|it) freezes over|in a million years"
    r"|said no ?(?:one|body) ever|i (?:just|absolutely|totally|simply) (?:love|adore"
    r"|enjoy) (?:\w+ing|it when)"
    r"|can['’]?t get enough of|hates me|out to get me|m[wu]+a?ha(?:ha)+)\b"
    r"|^\W*oh,? (?:great|sure|wonderful|brilliant|fantastic|lovely|joy)\b"
    r"|^\W*(?:oh|great|sure|yay|wonderful|fantastic|lovely|perfect)\b[,! ]+(?:(?:sure|great"
    r"|yay)\b[,! ]+)?"
    r"i (?:just|absolutely|totally|simply|really) (?:love|adore|enjoy)\b"
)
_JOKING = re.compile(
    r"(?i)\b(?:just kidding|jk|lol|haha\w*|scratch that|no wait|(?<=\w[,.;:–—-] )(?:(?:ah|oh|oops"
    r"|ugh),? (?:no|wait)|no,? sorry)"
    r"|or rather (?:we|i) (?:did|used|had|was|were))\b"
    r"|\s/s\b|;-?\)|[🙃🤪😜😝]"
)
_FLEETING = re.compile(
    r"(?i)\b(?:for (?:this|that|the next|the current) (?:\w+\s)?(?:answer|reply|response"
    r"|question|one|message|task|time|snippet|file|function|"
    r"test|example|exercise|session|chat|conversation|prompt|request|step|part|section"
    r"|page|paragraph|chart|table|figure|query|letter|scene|email|draft|match|run|commit"
    r"|pr)"
    r"|this (?:time|once|morning|afternoon|evening|one time)|just (?:this )?once|for now"
    r"|(?:in|on|to|for|with) (?:this|that|these) ones?(?: \w+)?|just these \w+"
    r"|for today|for tonight|for the moment|for once|right now|today|tonight"
    r"|tomorrow|at the moment|temporarily|until (?:tomorrow|monday|tuesday|wednesday"
    r"|thursday|friday|further notice|(?:the )?next \w+|i say)|next time only|(?:in|on|to|for)"
    r" (?:this|that) "
    r"(?:answer|reply|response|message|file|function|method|class|snippet|table|figure"
    r"|letter|paragraph|sentence|chart|query|scene|line|test|step|example|e?mail|draft"
    r"|section|page|match|commit|pr|script|essay|component|memo|post|tweet|caption|slide"
    r"|document|text|list|chapter|readme|translation|summary|deck|spreadsheet)"
    r"|(?:of|than) (?:this|that|the|your) (?:last |previous )?(?:answer|reply|response|version)"
    r"|(?:keep|make|leave) (?:this|that) (?:e?mail|letter|text|answer|post|memo|draft|one)"
    r")\b"
)
_HERE = re.compile(r"(?i)^(?!.*\b(?:i|we|our|my|everything|everyone)\b).*\bhere\W*$", re.DOTALL)
_TASK = re.compile(
    r"(?i)^\W*(?:(?:please|can you|could you|now|then|ok|also|so|and|hey|hi)[,"
    r" ]+){0,3}(?:make|rewrite|write|draft|fix|create|generate|add|build|implement"
    r"|refactor"
    r"|remove|replace|change|update|convert|translate|summari[sz]e|explain|show|give|find"
    r"|list|compare|review|check|help|edit|shorten|sort|plot|draw|run"
    r"|compute|calculate|design|plan|suggest|continue|finish|describe|analy[sz]e|tell)\b"
)
_STORY = re.compile(
    r"(?i)\b(?:yesterday|(?<!since )last (?:night|week|weekend|month|year|time|session|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday)|this (?:morning|week)"
    r"|earlier|an? (?:hour|day|week|month)s? ago|\w+ (?:hours|days|weeks|months|years) ago"
    r"|the other day|back then|once(?! more\b| again\b| an? | per | every ))\b"
)
_CONSEQUENCE = re.compile(
    r"(?i)\b(?:and|but|then|so)\s(?:now\s)?(?:it|the|my|our|everything|nothing|this|that"
    r"|they|all|every(?:one|body)|we|he|she)\b.{0,40}\b(?:died|broke|breaks|fails?|failed"
    r"|crash(?:ed|es)?"
    r"|stopped|hangs?|hung|doesn't|didn't|won't|isn't|not work\w*|got|gets?|looks?|is|was)\b"
)
_OF_CHANGE = re.compile(
    r"(?i)\b(?:switch|mov|migrat|chang|transition|replac|convert|port|upgrad|decid|agree"
    r"|chose|chosen|settl|opt|standardi|swapp|dropp|ditch|trad|adopt|pick|left|gave up|got rid"
    r"|retir|abandon|landed|ended up)\w*\b"
)
_PAST_HABIT = re.compile(
    r"(?i)\b(?:used to(?!.*\bbut now\b)|back (?:then|in the day)|in the past|formerly|previously"
    r"|years ago"
    r"|as a (?:kid|child|student))\b"
)
_SUPPOSING = re.compile(r"(?i)\b(?:if|unless|suppose|imagine|whether)\b")
_SUPPOSED_BEFORE = re.compile(
    r"(?i)\W*(?:suppose|imagine|assume|pretend|let's (?:say|imagine|pretend))\b"
)
_UNKEPT = re.compile(r"(?i)\b(?:don't|do not) (?:remember|save|store|note|learn)\b")
_FIRST_PERSON = re.compile(r"(?i)\b(?:i|i['’]\w+|my|me|mine|myself)\b")
_MINE = re.compile(r"(?i)(?:i|i['’]m|i['’]ve|my)\b")
_OWN_VOICE = re.compile(
    r"(?i)\b(?:i|we|i['’]\w+|we['’]\w+|my|our|ours|me|us|let['’]s)\b"
    r"|^\W*(?:please\s)?(?:always|never|don['’]t|do not|use|stop|avoid|quit|call|remember"
    r"|note|keep|bear|correction|(?:\w+ )?correction|sorry|actually|forget|disregard|prefer|from"
    r" now on|going forward|by default|in this"
    r"|decision|the decision|fyi|reminder|for|replaced|switched|moved|migrated)\b"
    r"|^\W*that['’]?s (?:what|how|our|the)\b|, (?:always|never|don['’]t|do not)\b|\breplace[ds]\b"
    r"|\b(?:gave|given|made) way to\b"
    r"|\bis out\b.* is in\b|\bnow instead of\b|^\W*(?:reverted|returned)\b"
    r"|\bno longer exists?\b|\bis (?:gone|retired|history|dead)\b"
    r"|^\W*(?:no|nothing|as always|decided|every(?:where)?|across|house rule|rule|default"
    r"|preferred|next"
    r"|lesson|what|turns|it turn|noted|until|whenever|everyone|people)\b"
    r"|, (?:then, )?(?:settled|decided)[.!]*$|, that['’]s the (?:new )?(?:rule|way|plan|standard)\b"
    r"|^\W*(?:the )?(?:option|number|variant|first|second|third|last) (?:\w+ )?(?:for|in|on|then)\b"
    r"|^\W*(?:yes|yep|ok|okay|agreed|(?:very )?good|great|perfect|deal|sold|makes sense|fine"
    r"|alright|right)\b"
    r"|,? (?:please|always|ever|everywhere|every time|at all times)[.!]*$|, please,"
    r"|\bdid(?:n['’]t| not) (?:work|help|hold|last)\b"
)
_STYLE = re.compile(
    r"(?i)\b(?:answers?|repl(?:y|ies)|responses?|units?|metric|imperial|celsius|fahrenheit"
    r"|emojis?|tone|language|english|german|french|spanish|spelling|bullets?|short|concise"
    r"|terse|brief|verbose|spoilers?|address me|call me)\b"
)
_CREDENTIAL = re.compile(
    r"(?i)\b(?:pass(?:word|phrase|code)|pin(?: code)?|secret key|api key|access token"
    r"|private key|seed phrase)\b.{0,60}?(?:\b(?:is|are)|=|:)\s"
)
_CHANGE = re.compile(
    r"(?i)\b(?:now|instead|anymore|any more|no longer|from now on|going forward|actually"
    r"|changed?|switch\w*|mov(?:ed|ing)|migrat\w*|replac\w*|stopp?\w*|decided|new"
    r"|meanwhile|again|renamed|as of|back (?:to|on)|return(?:ed|ing) to|revert(?:ed|ing) to)\b"
)
_FORGET = re.compile(
    r"(?i)\W*(?:(?:please|just|you (?:can|may|should)|(?:can|could) you)\s)*(?:forget|disregard"
    r"|unlearn"
    r"|(?:drop|delete|remove|erase|wipe|scrap|discard|clear|purge|whatever|what"
    r"|everything)\b.*\b(?:you|i|note|notes|bit|memory|entry|record))\b"
)
_EVERYWHERE = re.compile(
    r"(?i)\b(?:in|for|across|on) (?:all|any|every) (?:of )?(?:my|our) \w+|\beverywhere\b"
    r"|\b(?:in|for|across) (?:all|any|every) (?:projects?|matters?|cases?|books?|repos?|games?"
    r"|chats?|conversations?)\b|\beverything (?:that )?you (?:write|do|make|send)\b"
    r"|\bacross the board\b|\bin general\b|\b(?:wherever|whatever) i\b|\bno matter what\b"
    r"|\bin (?:every|each|any) \w+ of mine\b|\bin (?:all|everything) (?:that )?i\b"
    r"|\bin whatever project\b"
)
_TEMPLATE = frozenset(
    re.findall(
        r"\S+",
        """
    use uses using used user user's users prefer prefers preferred preference decided decide
    decision chose choose moved switched replaced instead over longer no not never always do
    does don't suggest suggests recommend assume treat take account wherever applies unless told
    otherwise settled build considered considering help weigh answer answers every avoid lean
    towards choice address give want wants likes like loves love hates hate works work lives
    live is are was the a an and or to of for in on with from by as at it its their them they
    that this be been being has have had will would should must can may all any only also into
    about i we our my me us you your asked alternatives when where if but so than then there
    these those
    """,
    )
)
_LEFT = r"from|not|no longer \w+|over|instead of|than|replaced"


ENGLISH = Tongue(
    code="en",
    guards=Guards(
        asking=_ASKING,
        premise=_PREMISE,
        telling=_TELLING,
        wish=WISH,
        supposed=_SUPPOSED,
        supposing=_SUPPOSING,
        supposed_before=_SUPPOSED_BEFORE,
        maybe=_MAYBE,
        reported=_REPORTED,
        reported_after=_REPORTED_AFTER,
        announced=ANNOUNCED,
        own_labels=_OWN_LABELS,
        fiction=_FICTION,
        taken_back=_TAKEN_BACK,
        taken_back_inside=_TAKEN_BACK_INSIDE,
        unkept=_UNKEPT,
        private=_PRIVATE,
        hyperbole=_HYPERBOLE,
        joking=_JOKING,
        fleeting=_FLEETING,
        here=_HERE,
        task=_TASK,
        story=_STORY,
        consequence=_CONSEQUENCE,
        of_change=_OF_CHANGE,
        past_habit=_PAST_HABIT,
        people=words(r"i|we|my|our|ours|me|us|mine|let's"),
        noting=opening(
            r"(?:please )?(?:also )?(?:note|notice|be aware|by default|in general|as a rule"
            r"|in this case)"
        ),
    ),
    voice=Voice(
        own=_OWN_VOICE,
        first_person=_FIRST_PERSON,
        mine=_MINE,
        style=_STYLE,
        everywhere=_EVERYWHERE,
        explicit=EXPLICIT,
        asked_at_end=ASKED_AT_END,
        credential=_CREDENTIAL,
        negation=NEGATION,
        contrast=CONTRAST,
        change=_CHANGE,
        forget=_FORGET,
        template=_TEMPLATE,
        left=_LEFT,
    ),
    terms=terms.ENGLISH,
)
