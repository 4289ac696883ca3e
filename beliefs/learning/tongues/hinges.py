"""Hinges: the words on which the sense of a statement turns, in each language.

A quote may be said in other words, but none of these may be lost, added or moved on the way.
"""

from dataclasses import dataclass

from mindhold.beliefs.learning.tongues.tongue import Pattern, words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Denials:
    """By what a text tells which of its words it affirms and which it denies."""

    clause: Pattern  # denies its whole clause: never, no longer
    thing: Pattern  # denies the thing that follows: instead of, without
    leaving: Pattern  # has the thing left that follows, until `towards`
    towards: Pattern
    passive: Pattern  # before `leaving`: what is left stands in front
    yields: Pattern  # what is left stands in front, what is taken follows
    over: Pattern  # a thing is liked more than the one that follows
    before: Pattern  # prepositions: behind them stands what a denial only is about
    parts: Pattern  # begins another clause


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hinges:
    """`denials`, and classes of words: what the quote has of one, the content has too.

    `everything` goes the other way: the content may not say it where the quote does not.
    """

    denials: Denials
    everything: Pattern
    standing: Pattern  # allows "always" without saying it
    some: Pattern  # not all, not always, not quite
    condition: Pattern  # holds only when something else does
    plan: Pattern  # weighed, wanted or tried, not done
    former: Pattern  # was so
    people: Pattern  # somebody other than the writer
    either: Pattern
    here: Pattern  # in this project


_PEOPLE = r"""
    wife|husband|spouse|partner|boyfriend|girlfriend|mother|father|mom|mum|dad|parents?|sister
    |brother|son|daughter|kids?|child|children|grand\w+|aunt|uncle|cousin|niece|nephew|in-laws?
    |friends?|neighbou?rs?|colleagues?|co-?workers?|boss|manager|client|customers?|vendor|supplier
    |landlord|tenant|student|teacher|roommate|flatmate|intern|contractor|competitors?|opponent
"""

ENGLISH = Hinges(
    denials=Denials(
        clause=words(
            r"(?<!please )(?<!forget )never|cannot|(?!don't forget|don't hesitate)\w+n't"
            r"|(?<=do )not(?! forget| hesitate)|(?<=does )not|(?<=did )not|(?<=is )not(?! only)"
            r"|(?<=are )not(?! only)|(?<=was )not|(?<=were )not|(?<=am )not|(?<=have )not"
            r"|(?<=has )not|(?<=had )not|(?<=can )not|(?<=could )not|(?<=will )not|(?<=would )not"
            r"|(?<=should )not|(?<=must )not|(?<=may )not|(?<='m )not|(?<='re )not|(?<='s )not"
            r"|no longer|any ?more(?=\W*$)|stop(?:s|ped)?|avoid(?:s|ed|ing)?|quit|hates?|hated"
            r"|dislikes?|disliked|detests?|(?<!don't )(?<!not )forget|refuses?|refused|disregard"
            r"|against|rejects?|rejected|neither|nobody|none"
            r"|(?:is|are|was|were|be|been) (?:out|gone|dead|history|banned|forbidden|off limits"
            r"|retired|dropped|abandoned|removed|deprecated|obsolete|taboo)"
        ),
        thing=words(
            r"instead of|rather than|without|(?:(?<!or )not|no)(?! only| longer| one| matter|,"
            r"|\.|:)"
            r"|nor|free of|except(?: for)?|excluding|apart from|other than"
        ),
        leaving=words(
            r"replac(?:e|es|ed|ing)|swap(?:s|ped|ping)?|trad(?:e|es|ed|ing)|ditch(?:ed|ing)?"
            r"|drop(?:ped|ping)?|abandon(?:ed|ing)?|retired|got rid of|gave up|gotten rid of"
            r"|(?:moved?|moving|switch\w*|migrat\w+|chang\w+|went|gone?|transition\w*|port\w*"
            r"|upgrad\w+|convert\w*|re-?wr\w+|came|come|away|revert\w*|return\w*"
            r"|renam\w*)(?: [^\s,;]+){0,8}? from"
        ),
        towards=words(
            r"to|with|by|for|onto|into|in favou?r of|and (?:us|took|take|chose|choose|went|go)\w*"
        ),
        passive=words(r"(?:is|are|was|were|been|be|being|got)(?: now| just| recently)?"),
        yields=words(r"g(?:a|i)ven? way to|made way for|became|turned into"),
        over=words(
            r"(?:prefer\w*|favou?r\w*|chose|choose|chosen|choosing|pick\w*|takes?|took|like\w*"
            r"|wants?|use\w*|go|went)(?: [^\s,;]+){1,6}? (?:over|than)"
            r"|prefer\w*(?: [^\s,;]+){1,3}? to(?= \S+(?: \S+)?\W*$)"
        ),
        before=words(
            r"in|on|at|for|with|to|from|during|inside|within|about|as|of|by|when|where|that|which"
        ),
        parts=words(
            r"but|whereas|while|because|since|and(?= (?:i|we|use|uses|prefer|prefers|now|switched"
            r"|moved|went|took|chose|adopted|keep|kept|always|never|do|don't|does|is|are|not)\b)"
        ),
    ),
    everything=words(
        r"all|every|always|everywhere|everything|everyone|everybody|only|exclusively|must"
        r"|entire(?:ly)?|whole|wholly|completely|mandatory|required|forever|permanently"
        r"|across the board|strictly|solely|each"
    ),
    standing=words(
        r"from now on|going forward|by default|at all times|in general|house rule|rule|no matter"
        r"|never|have to|has to|needs? to|shall|without exception|default|any"
    ),
    some=words(
        r"some|sometimes|usually|mostly|most|often|rarely|seldom|occasionally|partly|partially"
        r"|half|few|fewer|several|one of|part of|many|typically|generally|hardly|barely|a bit"
        r"|a little|now and then|(?:at least|at most|up to|about|around|roughly|approximately"
        r"|almost|nearly|more than|less than|fewer than|under|over|max(?:imum)?|min(?:imum)?)"
        r"(?= (?:of )?[$€£]?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|a ))"
    ),
    condition=words(
        r"if|unless|except(?:ing)?|when(?:ever)?|while|until|till|provided|as long as"
        r"|in case(?! it| that)"
        r"|otherwise|only (?:in|on|for|when|if|at|with)|besides|apart from|other than|but not"
        r"|depending|assuming|outside|where possible"
    ),
    plan=words(
        r"consider(?:s|ing|ed)?|evaluat(?:es?|ed|ing)|think(?:ing)? (?:about|of)"
        r"|thought (?:about|of)"
        r"|plan(?:s|ned|ning)? (?:to|on|for)|hop(?:e|es|ing)|might|maybe|perhaps|lean(?:s"
        r"|ing)? toward\w*"
        r"|may (?:move|switch|use|be|go|have|need|change|become|try|adopt|want)|try(?:ing)?|tried"
        r"|experimenting|toy(?:ing)? with|exploring|intend\w*|going to|gonna|about to|soon|someday"
        r"|(?:want|wants|like|love) to (?:move|switch|migrate|adopt|try|replace|change|upgrade)"
        r"|undecided|torn|not sure|unsure|wondering|open question|whether|weighing|tempted"
        r"|looking (?:at|into)|to be decided|(?:not|n't) (?:yet )?decided"
    ),
    former=words(
        r"(?<!am )(?<!is )(?<!are )(?<!be )(?<!'m )(?<!get )used to|formerly|previously|former"
        r"|in the past|back then|lived|years ago|grew up|old job|until recently"
        r"|(?<!what )(?<!worked )(?:was|were|had)(?! (?:\w+ly )?\w+(?:ed|en|t)\b|n't)"
        r"|worked (?:at|in|as|for)|(?:we|i) (?:all )?used(?! to)|^used(?! to)"
    ),
    people=words(_PEOPLE.replace("\n", "").replace(" ", "")),
    either=words("or"),
    here=words(
        r"(?:in|for|on|of|inside|within|at|across) (?:this|that|our|the) (?:\w+ )?(?:projects?|repo"
        r"|repos|repositor\w+|codebase|app|apps|book|novel|game|matter|case|house|team|company"
        r"|class|course|lab|office|thesis|paper|here)|here"
    ),
)  # fmt: skip

GERMAN = Hinges(
    denials=Denials(
        clause=words(
            r"nie|niemals|nicht(?! nur)|keinesfalls|hör(?:t|en)? auf|vermeide\w*|hasse|meide"
            r"|vergiss"
        ),
        thing=words(r"statt|anstatt|anstelle|ohne|kein\w*|außer|sondern nicht|und nicht"),
        leaving=words(
            r"ersetz\w*|abgelöst|getauscht|von(?= [^\s,;]+(?: [^\s,;]+){0,5}? (?:auf|zu|nach) )"
            r"|(?:umgestiegen|gewechselt|migriert|wechsel\w*|weg)(?: [^\s,;]+){0,6}? von"
        ),
        towards=words(r"auf|zu|zum|zur|nach|durch|gegen|mit|in"),
        passive=words(r"wurden?|worden|werden|wird"),
        yields=words(r"wich|weicht"),
        over=words(
            r"(?:lieber|eher|besser|ziehe\w*|bevorzuge\w*|bevorzugt)(?: [^\s,;]+){1,6}? (?:als|vor)"
        ),
        before=words(r"in|im|an|am|auf|bei|für|mit|zu|zum|zur|von|vom|aus|als|um"),
        parts=words(r"aber|sondern|weil|während|denn|und(?= (?:wir|ich|nutz|verwend|nimm)\w*)"),
    ),
    everything=words(
        r"alle[nmrs]?|jede[nmrs]?|immer|überall|alles|nur|ausschließlich|muss|müssen"
        r"|ganze[nmrs]?|komplett|stets|grundsätzlich|jederzeit"
    ),
    standing=words(
        r"ab jetzt|ab sofort|künftig|standardmäßig|nie|niemals|regel|generell|von nun an"
    ),
    some=words(
        r"manche\w*|einige\w*|manchmal|meist|meistens|oft|selten|gelegentlich|teils|teilweise|halb"
        r"|wenige?|mehrere|einer von|eine von|mindestens|höchstens|bis zu|etwa|ungefähr|circa|rund"
        r"|fast|mehr als|weniger als|kaum"
    ),
    condition=words(r"wenn|falls|außer|sofern|solange|sobald|bis|nur (?:in|für|bei|wenn)|sonst"),
    plan=words(
        r"überleg\w*|erwäg\w*|evaluier\w*|planen?|geplant|vielleicht|hoffe[nt]?|haben vor"
        r"|tendier\w*"
        r"|denk\w* (?:über|darüber)|ob|unsicher|neig\w*|bald|demnächst|probier\w*|schwank\w*"
        r"|(?:wollen|will|möchten?)(?: [^\s,;]+){1,6}? (?:wechseln|umsteigen|migrieren"
        r"|ausprobieren)"
        r"|noch nicht entschieden|könnten?"
    ),
    former=words(r"früher|war|waren|hatten?|ehemals|damals|einst|vorher"),
    people=words(
        r"frau|mann|ehefrau|ehemann|partner(?:in)?|freund(?:in)?|mutter|vater|eltern|schwester"
        r"|bruder|sohn|tochter|kind(?:er)?|kolleg\w+|chef(?:in)?|kund\w+|nachbar\w*|vermieter\w*"
        r"|mandant\w*|schüler\w*|lehrer\w*"
    ),
    either=words("oder"),
    here=words(
        r"(?:in|für|bei|an) (?:diese[mrsn]?|unsere[mrsn]?) (?:projekt|repo|buch|roman|spiel"
        r"|fall|team"
        r"|codebasis|haus|firma|app)\w*|hier"
    ),
)  # fmt: skip

FRENCH = Hinges(
    denials=Denials(
        clause=words(
            r"ne(?! que)|n'|jamais|évite[rz]?|évitons|arrête[rz]?|cesse[rz]?|déteste|oublie|pas"
        ),
        thing=words(r"au lieu de|plutôt que|sans|pas (?:de|d')|ni|sauf|excepté|et non|et pas"),
        leaving=words(
            r"rempla\w+|abandonn\w+|quitt\w+"
            r"|(?:pass\w+|migr\w+|chang\w+|bascul\w+|déménag\w+)(?: [^\s,;]+){0,6}? (?:de|d')"
        ),
        towards=words(r"à|au|aux|vers|par|pour|avec"),
        passive=words(r"a été|ont été|est|sont|fut|été"),
        yields=words(r"a cédé la place à|cède la place à"),
        over=words(r"préf\w+(?: [^\s,;]+){1,6}? (?:à|au|aux|plutôt que)"),
        before=words(r"dans|en|sur|pour|avec|chez|à|au|aux|de|du|des|par|pendant"),
        parts=words(r"mais|parce que|car|tandis que|et(?= (?:nous|on|je|j'|utilis)\w*)"),
    ),
    everything=words(
        r"tous|toutes|tout|toute|toujours|partout|chaque|seulement|uniquement|doit|doivent"
        r"|obligatoire\w*|entière?\w*|exclusivement"
    ),
    standing=words(
        r"désormais|dorénavant|par défaut|à partir de maintenant|jamais|règle|en général"
    ),
    some=words(
        r"quelques|certain\w*|parfois|souvent|rarement|généralement|la plupart|partiellement"
        r"|en partie|la moitié|plusieurs|un de|une de|l'un|l'une|au moins|au plus|jusqu'à|environ"
        r"|presque|à peu près|d'habitude"
    ),
    condition=words(
        r"si|s'il|sauf|excepté|quand|lorsque|à moins que|tant que|seulement (?:dans|pour|en|si)"
        r"|sinon|hormis|à condition"
    ),
    plan=words(
        r"envisag\w+|évalu(?:e|ons|ent)|réfléchi\w+|prévo\w+|peut-être|espér\w+|pourr\w+|hésit\w+"
        r"|pas sûrs?|bientôt|essa(?:ie|ye|yons)|intention|songe\w*"
        r"|(?:va|allons|vais|pens\w+|compt\w+|voudr\w+|aimer\w+) (?:passer|migrer|utiliser|changer)"
    ),
    former=words(
        r"avant|était|étais|étaient|avait|avais|avions|autrefois|utilis(?:ait|ions|ais|aient)"
        r"|habitait|habitais|vivait|vivais|auparavant"
    ),
    people=words(
        r"femme|mari|épouse|époux|copain|copine|mère|père|parents|sœur|frère|fils|fille|enfants?"
        r"|amie?s?|collègues?|chef|patronne?|client\w*|voisine?s?|propriétaire|élèves?|prof\w*"
    ),
    either=words("ou"),
    here=words(
        r"(?:dans|pour|sur) (?:ce|cet|cette|notre) (?:projet|dépôt|repo|livre|roman|jeu|dossier"
        r"|équipe|appli\w*)|ici"
    ),
)  # fmt: skip

SPANISH = Hinges(
    denials=Denials(
        clause=words(
            r"no(?! solo|,)|nunca|jamás|ya no|evita\w*|dej(?:a|en|amos|é|ar) de|odio|detesto|olvida"
        ),
        thing=words(r"en lugar de|en vez de|sin|ni|excepto|salvo|y no"),
        leaving=words(
            r"reemplaz\w+|sustitu\w+|abandon\w+"
            r"|(?:pas\w+|migr\w+|cambi\w+|mud\w+)(?: [^\s,;]+){0,6}? de(?:sde)?"
        ),
        towards=words(r"a|al|por|con|hacia"),
        passive=words(r"fue|fueron|ha sido|han sido|es|son|sido"),
        yields=words(r"dio paso a|cedió el paso a"),
        over=words(r"pref\w+(?: [^\s,;]+){1,6}? (?:a|al|antes que|que)"),
        before=words(r"en|para|con|de|del|por|desde|sobre|al"),
        parts=words(r"pero|sino|porque|mientras|y(?= (?:usamos|uso|yo|nosotros|prefiero|ahora)\b)"),
    ),
    everything=words(
        r"todos|todas|todo|toda|siempre|cada|solo|solamente|únicamente|debe|deben"
        r"|obligatori\w+|enter[oa]s?|exclusivamente"
    ),
    standing=words(
        r"a partir de ahora|de ahora en adelante|por defecto|nunca|jamás|regla|en general"
    ),
    some=words(
        r"algun\w*|algún|a veces|a menudo|rara vez|normalmente|mayoría|parcialmente|mitad|varios"
        r"|varias|un[oa] de|al menos|como mínimo|como máximo|casi|aproximadamente|pocos|pocas"
        r"|generalmente"
    ),
    condition=words(
        r"si|salvo|excepto|cuando|a menos que|mientras|solo (?:en|para|si|cuando)|siempre que"
    ),
    plan=words(
        r"consider(?:o|ando|amos)|evalu(?:o|ando|amos)|pens(?:ando|amos) en|planea\w*|quizás?"
        r"|tal vez"
        r"|esper(?:o|amos)|podr\w+|duda\w*|no estoy segur\w|pronto|intención|indecis\w+"
        r"|(?:vamos a|voy a|va a|queremos|quiero|gustaría) (?:migrar|pasar|usar|cambiar|probar)"
    ),
    former=words(r"antes|era|éramos|eran|había\w*|tenía\w*|anteriormente|usaba\w*|vivía|trabajaba"),
    people=words(
        r"esposa|esposo|marido|mujer|novi[oa]|madre|padre|padres|herman[oa]s?|hij[oa]s?|niñ[oa]s?"
        r"|amig[oa]s?|colegas?|compañer[oa]s?|jef[ea]|clientes?|vecin[oa]s?|caser[oa]|alumn[oa]s?"
    ),
    either=words("o|u"),
    here=words(
        r"(?:en|para) (?:este|esta|nuestro|nuestra) (?:proyecto|repo\w*|libro|novela|juego|caso"
        r"|equipo|aplicación)|aquí"
    ),
)  # fmt: skip

HINGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
