"""Scenes: conversations that play a part, or are off the record, and so teach nothing; pure."""

import re
from collections.abc import Iterable

_SCENE = re.compile(
    r"(?i)(?:^|[.!?:;]\s+|\n)\W*(?:(?:please|now|ok|okay|so|hey|hi)[, ]+)*(?:"
    r"let['’]?s (?:play|pretend|role-?play|act|do (?:a|an|some|the|another) (?:mock|role-?play"
    r"|improv)\b)"
    r"|(?:i(?:['’]d)? (?:want|like|need) you to )?(?:act like|be) (?:an?|my) [^.!?\n]{2,40}[.,;:]"
    r"|be (?-i:[A-Z]\w+)[.,;:!]|take (?:on )?the (?:role|part)\b|stay in character"
    r"|scenario:|text adventure|let['’]?s rehearse"
    r"|(?:act|talk|speak|respond|reply) like (?:an?|my|the)\b"
    r"|i(?:['’]d)? (?:want|like|need) you to (?:act|play|pretend|be)\b"
    r"|you(?:['’]re| are) (?:my|the) [^.!?\n]{2,40} now\b"
    r"|i(?:['’]ll)? play (?:the|an?) (?:patient|customer|client|candidate|buyer|seller|tenant"
    r"|landlord|judge|witness|boss|student|teacher|guest|[\w-]+)(?=[:,.;]| and you)"
    r"|in (?:our|the|this|a) mock (?:trial|hearing|interview|exam)\b|let['’]?s practi[sc]e an?"
    r" (?:interview|conversation|negotiation|dialogue|call|exam)\b|commentate\b"
    r"|simulate (?:an?|the) (?:ward round|trial|hearing|call|meeting|negotiation|exam)\b|be the"
    r" \w+!|play (?:the) (?!song|track|video|sound|file|game|next|last|first|first|audio|clip"
    r"|piece|chord|note|part\b)[\w-]+ (?:of|in)\b"
    r"|answer as (?-i:[A-Z][a-z]+)[.!]"
    r"|(?:rehearse|commentate|improvise|perform|spar|duel)\b[^.!?\n]{0,40} with me\b"
    r"|act as (?:an?|my|the) [^.!?\n]{2,60}?(?: and|,) (?:ask|interview|negotiate|argue|quiz|greet"
    r"|sell|serve|talk to|question) (?:me|to me|with me)\b"
    r"|play the (?!song|track|video|sound|file|game|audio|music|clip|recording|first|next|last)\w+"
    r"|(?:continue|go on with) (?:the|my|this|our) (?:story|scene|diary|dialogue|monologue|song"
    r"|poem"
    r"|chapter|tale|journal|lyrics|script)\b"
    r"|(?:my |the |here['’]s (?:the |my ))?(?:(?:first|second|third|next|last|opening) )?(?:verse"
    r"|stanza"
    r"|chorus|lyrics|dialogue|monologue)(?: so far| goes(?: like this)?)?:"
    r"|(?:don['’]t|do not) (?:remember|save|store|keep|note|learn) (?:anything|a word|any)"
    r" (?:of|in|from|about) (?:this|our|what)\b|nothing (?:in|from|of|about) (?:this|our) (?:whole "
    r"|entire )?"
    r"(?:conversation|chat|session) (?:should|may|must|is to)\b"
    r"|(?:this|our) (?:whole |entire )?(?:conversation|chat|session) (?:is|stays) (?:off the record"
    r"|private"
    r"|confidential|between us)"
    r"|\(in character\)|practi[sc]e (?:my|an?|the) (?:[\w-]+ ){0,3}with me"
    r"|(?:mock|interview|role|oral exam)[ -](?:drill|practice|exercise|rehearsal)\b"
    r"|simulate (?:an? |the )(?:[\w-]+ ){0,2}(?:user|customer|client|patient|caller|candidate"
    r"|student|opponent|interview\w*|conversation|person)\b"
    r"|(?:we['’]re|we are) playing (?:doctors?|restaurants?|shops?|stores?|school|house)\b"
    r"|(?:answer|speak|talk|reply|respond|write) as (?-i:[A-Z][a-z]+ [A-Z][a-z]+)"
    r"|i(?:['’]m| am) (?:the|an?) [\w -]{2,30}, (?:and )?you\b"
    r"|role-?play\b|play (?:an?|my|the part|the role)\b(?! (?:song|track|video|sound|file|game))"
    r"|(?:answer|speak|talk|reply|respond) as (?:my|the)\b|be my (?!guest\b)"
    r"|you(?:['’]re| are|['’]ll be| will be| play) [^.!?\n]{1,60}?(?:,| and|\.) (?:and )?"
    r"i(?:['’]m| am|['’]ll be| will be| play)\b"
    r"|i(?:['’]ll| will) (?:be|play) (?:an?|the|my|(?-i:[A-Z]))[^.!?\n]{0,60}(?:, you|and you|:)"
    r"|pretend\b|imagine (?:you|that you)\b|in this (?:scenario|scene|role|game) (?:i|you|we)\b)"
)
_ELSEWHERE = re.compile(  # in German, French and Spanish
    r"(?i)(?:^|[.!?:;]\s+|\n)\W*(?:(?:bitte|jetzt|ok|so|also|bon|alors|maintenant|ahora|bueno"
    r"|vale)[, ]+)*(?:"
    r"rollenspiel\b|spiele? (?:ein\w*|den|die|das|mein\w*) [^.!?\n]{2,60}(?:,| und) ich (?:bin"
    r"|spiele)\b"
    r"|joue (?:un|une|le|la|mon|ma) [^.!?\n]{2,60}(?:,| et) (?:moi,? )?je (?:suis|joue)\b"
    r"|hagamos teatro\b|lass uns [^.!?\n]{0,30}spielen\b|tu so\b|stell dir vor,? du\b"
    r"|du (?:bist|spielst) [^.!?\n]{1,60}?(?:,| und|\.) (?:und )?ich\b(?: (?:bin|spiele|der|die))"
    r"|ich (?:bin|spiele) [^.!?\n]{1,60}?, (?:und )?du (?:bist|spielst)\b"
    r"|jeu de r[oô]le\b|jouons\b|faisons (?:un jeu de r[oô]le|comme si)\b|fais comme si\b"
    r"|imagine que tu\b|tu (?:es|joues|seras) [^.!?\n]{1,60}?(?:,| et|\.) (?:et )?(?:je (?:suis"
    r"|joue"
    r"|serai)|moi)\b"
    r"|juego de rol\b|juguemos a\b|hagamos (?:un juego de rol|como)\b|imagina que eres\b"
    r"|finge que\b"
    r"|(?:t[uú] )?(?:eres|ser[aá]s|haces de) [^.!?\n]{1,60}?(?:,| y|\.) (?:y )?yo\b)"
)
_OVER_ELSEWHERE = re.compile(
    r"(?i)\b(?:ende (?:des|vom) (?:spiels?|rollenspiels?)|ende der szene|schluss mit dem (?:spiel"
    r"|rollenspiel)|jetzt im ernst|zur[uü]ck zur (?:realit[aä]t|arbeit)|fin du jeu|fini de jouer"
    r"|fin de la sc[eè]ne|retour [aà] la r[eé]alit[eé]|trêve de jeu|fin del juego"
    r"|se acab[oó] el juego"
    r"|fin de la escena|ahora en serio|volviendo a la realidad)\b"
)
_OVER = re.compile(
    r"(?i)\b(?:out of character|ooc|end of (?:the )?(?:game|scene|role-?play|play|hearing)"
    r"|(?:stop|end|enough of|quit) (?:the |this )?(?:game|scene|role-?play(?:ing)?|playing|acting)"
    r"|back to (?:reality|real life|work|business|my real)|seriously now|in real life)\b"
)


def playing(turns: Iterable[str]) -> bool:
    """Whether the turns, in their order, have set a scene that none of them has ended."""
    plays = False
    for turn in turns:
        begins = _SCENE.search(turn) or _ELSEWHERE.search(turn)
        ends = _OVER.search(turn) or _OVER_ELSEWHERE.search(turn)
        plays = bool(begins) or (plays and not ends)
    return plays
