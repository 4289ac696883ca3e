"""German: how its speakers ask, suppose, report, take back and state."""

import re

from mindhold.beliefs.learning.heard import MASK
from mindhold.beliefs.learning.terms import Terms
from mindhold.beliefs.learning.tongues.tongue import (
    Guards,
    Tongue,
    Voice,
    listed,
    onwards,
    opening,
    spelled,
    words,
)

_I = re.IGNORECASE
_PERSON = (
    r"er|sie|man|jemand|alle|viele|leute|chef|chefin|boss|kolleg\w*|freund\w*|frau|mann|mutter"
    r"|vater|oma|opa|mama|papa|lehrer\w*|gutachter\w*|reviewer\w*|kunde|kundin|mandant\w*|anwält\w*"
    r"|anwalt|arzt|ärztin|nachbar\w*|trainer\w*|autor\w*|doku\w*|artikel|buch|tagebuch|blog\w*"
    r"|readme"
    r"|anleitung|studie|vertrag|gesetz|rundschreiben|chatgpt|claude|copilot|modell|linter|gericht"
    r"|vermieter\w*|professor\w*|team|verband|forum|fremde|schwester|bruder|tochter|sohn|partner\w*"
)
_SAYS = (
    r"sagt\w*|meint\w*|glaubt\w*|behauptet\w*|findet|fand|will|wollte|möchte|schreibt|schrieb"
    r"|empfiehlt|empfahl|rät|riet|schlägt|schlug|hält|verlangt\w*|erzählt\w*|fragt\w*|wünscht"
    r"|besteht|steht|heißt es|hieß es|antwortet\w*|rief|denkt|dachte|fordert\w*"
)
_GUARDS = Guards(
    asking=opening(
        r"(?:(?:so|und|aber|hey|hi|hallo|ok|okay|also|na|ach|sag mal|kurze frage)[, ]+){0,2}"
        r"(?:was|wann|wo|wohin|woher|wer|wen|wem|wessen|welche\w*|warum|wieso|weshalb|wie|womit"
        r"|wofür"
        r"|ob|weißt du|wissen sie|kannst du|können (?:sie|wir)|könntest du|könnten (?:sie|wir)"
        r"|soll(?:te|ten|en)? (?:ich|wir|man)|darf ich|muss (?:ich|man)|müssen wir|ist (?:es|das"
        r"|der|die)|sind (?:wir|die|das)|gibt es|gibt's|hast du|haben (?:sie"
        r"|wir)(?= (?:uns )?(?:eigentlich|denn"
        r"|schon|noch|nicht|jemals))|bevorzugst du|würdest du|würden sie|lohnt|macht es sinn|mich"
        r" interessiert|ich frage mich|ich wüsste gern|keine ahnung|erklär\w*)"
    ),
    premise=opening(r"(?:(?:also|ok|hi|hey|und)[, ]+)*(?:da|seit|nachdem|jetzt wo|jetzt,? da) "),
    telling=opening(
        r"was (?:ich|wir|am ende|wirklich|letztlich)\b[^:?]*:"
        r"|wie (?:ich |wir |schon |bereits )*(?:gesagt|erwähnt|besprochen|sagte|schrieb)"
    ),
    supposed=opening(
        r"(?:zum beispiel|z\. ?b\.|beispielsweise)|(?:(?:und|aber|also|ok|na)[, ]+){0,2}"
        r"(?:wenn|falls|sofern|angenommen|nehmen wir an|stell dir vor|stellen sie sich vor|gesetzt"
        r"|mal angenommen|sagen wir|tun wir so|hypothetisch|als ob|vielleicht|womöglich|vermutlich"
        r"|wahrscheinlich|möglicherweise|eventuell|hätten? (?:wir|ich)|wären? (?:wir|ich)"
        r"|würden? (?:wir|ich)|sollten wir|ich glaube|ich denke|ich vermute|ich bezweifle|ob|sobald"
        r"|bevor|bis wir|theoretisch|im prinzip könnten)"
    ),
    supposing=words(r"wenn|falls|sofern|ob|angenommen|stell dir vor|als ob"),
    supposed_before=opening(r"(?:angenommen|stell dir vor|stellen sie sich vor|nehmen wir an)"),
    maybe=words(
        r"vielleicht|womöglich|vermutlich|wahrscheinlich|möglicherweise|eventuell|evtl|irgendwann"
        r"|eines tages|w\u00fcrde\w*|wuerde\w*|w\u00e4re\w*|waere\w*|k\u00f6nnte\w*|koennte\w*"
        r"|h\u00e4tte\w*(?! gern)|haette\w*|d\u00fcrfte\w*|m\u00fcsste\w*|k\u00e4me"
        r"|br\u00e4uchte\w*|angeblich|anscheinend|scheinbar|sei|seien|habe man|beinahe|fast|wohl"
    ),
    reported=words(
        rf"(?:{_PERSON}) (?:\w+ ){{0,2}}?(?:{_SAYS})|(?:{_SAYS}) (?:\w+ ){{0,2}}?(?:{_PERSON})"
        r"|laut|zufolge|gemäß|nach ansicht|nach meinung|angeblich|ich habe (?:gelesen|gehört)"
        r"|wie ich (?:las|höre|hörte)|es heißt|man sagt|gerücht\w*|zitat|(?:er|sie|es) soll\w*"
        r"|[A-ZÄÖÜ][a-zäöü]+ (?:sagt|sagte|meint|meinte|schreibt|will|möchte)"
    ),
    reporting=opening(
        rf"(?:(?:mein|sein|ihr|der|die|das|ein|unser|in ihrem"
        rf"|in seinem)\w{{0,2}} )?(?:{_PERSON}) (?:\w+ )?(?:{_SAYS})"
    ),
    reported_after=re.compile(
        spelled(
            r"[“”\"»«]?, (?:so |hat )?(?:sagte?|meinte?|rief|antwortete|schrieb|flüsterte"
            r"|behauptete|erklärte|heißt es|hieß es)\b|, so (?:der|die|das|ein|mein)\b"
        ),
        _I,
    ),
    own_labels=listed(
        """
        notiz notizen merke merken info infos hinweis wichtig kontext hintergrund entscheidung
        entschieden beschlossen beschluss regel regeln vorgabe präferenz ps übrigens fyi update
        erinnerung korrektur nachtrag zusammenfassung fazit stand status erstens zweitens drittens
        """
    ),
    fiction=opening(
        r"(?:bitte )?(?:stell dir vor|stellen sie sich vor|tu so|spiel\w*|du bist (?:jetzt|nun|ab"
        r" jetzt|ein\w*|der|die|mein\w*)|sie sind (?:jetzt|nun) |rollenspiel"
        r"|lass uns .{0,30}spielen"
        r"|schreib\w* (?:mir |uns |bitte |sie |mal |doch ){0,3}(?:ein\w*|den|die|das|meine?n?)"
        r" (?:\w+ ){0,3}?(?:geschicht\w*|szene|gedicht|dialog|monolog|lied\w*|song|sketch|märchen"
        r"|roman\w*|kapitel|brief|e-?mail|mail|nachricht|rede|artikel|post|tweet|witz|drehbuch"
        r"|text|aufsatz|satz)|in (?:der|dieser|meiner) (?:geschichte|szene|welt)|im (?:roman|film"
        r"|märchen|traum|spiel|buch))"
    ),
    taken_back=opening(
        r"(?:(?:oh|ach|äh|hm+|sorry|ok|na ja|naja|moment)[,.! ]+){0,2}(?:nein|nee?|doch nicht"
        r"|quatsch"
        r"|unsinn|blödsinn|warte|moment|halt|(?:war )?(?:nur )?(?:ein )?(?:spaß|scherz|witz)"
        r"|vergiss (?:es|das|den)|vergessen sie (?:es|das)|streich das|das stimmt nicht"
        r"|stimmt nicht"
        r"|stimmt gar nicht|das war (?:nur )?(?:ein )?(?:spaß|scherz|witz|gelogen|falsch|quatsch)"
        r"|ich (?:mache|mach) (?:nur )?(?:spaß|witze)|ich nehme? das zurück|haha|hihi|lol"
        r"|(?:bitte )?(?:merk|speicher)\w* (?:dir )?(?:das|dies) (?:bitte )?nicht|nicht merken"
        r"|nicht speichern)"
    ),
    taken_back_inside=words(
        r"ich nicht|wir nicht|war nur spaß|nur spaß|kleiner scherz|nur ein witz|quatsch"
        r"|vergiss es|haha|lol|doch nicht"
    ),
    withdraws=opening(
        r"(?:(?:nein|ach|oh|hm+|sorry|ok|moment|warte)[,.! ]+)*(?:vergiss|streich|ignorier"
        r"|vergessen sie"
        r"|streichen sie|ignorieren sie)e? (?:das|es|den letzten satz)(?: wieder| bitte| doch"
        r"| mal)*(?=\s*[^\w\s]|$)"
    ),
    mistaken=opening(
        r"(?:(?:(?:ha)+ha?|hihi|lol)[,.! ]+)*(?:(?:nein|ach|oh|hm+|sorry|ok|moment|warte"
        r"|quatsch)[,.! ]+)*(?:das (?:stimmt|stimmte) (?:gar"
        r" |doch )?nicht|das war (?:falsch|gelogen|quatsch|(?:nur )?(?:ein )?(?:scherz|witz"
        r"|irrtum|fehler|spaß))|(?:da )?hab(?:e)? ich mich (?:vertan|geirrt|getäuscht)"
        r"|ich hab(?:e)? mich (?:vertan|geirrt|versprochen|getäuscht)|das hab(?:e)? ich verwechselt"
        r"|(?:war )?(?:nur )?(?:ein )?(?:kleiner"
        r" )?(?:spaß|scherz)|das nehme? ich zurück)(?=\s*[^\w\s]|$)"
    ),
    unkept=words(r"(?:merk|speicher|notier|behalt)\w* (?:dir )?(?:das|dies\w*)? ?(?:bitte )?nicht"),
    private=words(
        r"unter uns|vertraulich|im vertrauen|nicht (?:merken|speichern|behalten|notieren"
        r"|weitersagen)|(?:merk|speicher|notier|behalt)\w* (?:dir |sie )?(?:sich )?(?:das|dies\w*"
        r"|es) (?:bitte )?nicht"
        r"|(?:merk|speicher|notier|behalt)\w* (?:bitte )?nichts?|behalt\w* das für dich"
    ),
    hyperbole=words(r"fresse? (?:ich )?einen besen|wenn schweine fliegen"),
    joking=words(r"(?<=, )(?:ich|wir|aber ich) nicht|haha\w*|lol|spaß beiseite|scherz|nur spaß"),
    fleeting=words(
        r"für (?:diese|die nächste|die aktuelle|jene)\w* (?:\w+ )?(?:antwort|frage|aufgabe"
        r"|nachricht|mail|tabelle|liste|zeile|funktion|datei|seite|szene|sitzung)"
        r"|für (?:dieses|das) (?:eine )?(?:mal|beispiel|dokument|bild|rezept|kapitel|diagramm)"
        r"|für diesen (?:text|brief|absatz|abschnitt|fall|chat|test|lauf)"
        r"|(?:in|auf|bei|mit|an) (?:diese[rmns]?|dem) (?:\w+ )?(?:antwort|absatz|abschnitt|funktion"
        r"|datei|zeile|methode|klasse|tabelle|liste|brief|mail|nachricht|satz|text|szene|beispiel"
        r"|diagramm|seite|test|schritt|commit|skript|kapitel|aufgabe|dokument|entwurf|chat|rezept"
        r"|vertrag|bild)|im (?:brief|text|absatz|entwurf|anhang)"
        r"|diesmal|dieses mal|nur (?:dieses|das) eine mal|ausnahmsweise|einmal nur"
        r"|(?<!ab )(?<!seit )heute|heut|morgen"
        r"|heute abend|gerade eben|jetzt gerade|im moment|momentan|gerade|vorerst|vorläufig"
        r"|fürs erste|erst mal|erstmal|vorübergehend|bis (?:morgen|montag|dienstag|mittwoch"
        r"|donnerstag|freitag|auf weiteres)|kurz|kurz mal"
    ),
    here=re.compile(
        r"(?i)^(?!.*\b(?:ich|wir|unser\w*|mein\w*|uns|mir)\b).*\bhier\b(?! und überall)", re.DOTALL
    ),
    task=opening(
        r"(?:(?:bitte|kannst du|könntest du|jetzt|dann|ok|also|und|hey|hi)[, ]+){0,3}"
        r"(?:mach|schreib|erstell|korrigier|reparier|füg|bau|entfern|ersetz|änder|ändere|übersetz"
        r"|fass|erklär|zeig|such|find|list|vergleich|prüf|hilf|kürz|sortier|berechne|rechne|entwirf"
        r"|plan|beschreib|analysier|erzähl|formulier|überarbeite|optimier|generier)e?(?:n sie)?"
    ),
    story=words(
        r"gestern|vorgestern|neulich|letztens|kürzlich|(?<!der )(?:letzte|vorige|vergangene)[nrs]?"
        r" (?:nacht|woche|mal|jahr|monat|sommer|winter|montag|dienstag|mittwoch|donnerstag|freitag"
        r"|samstag|sonntag|wochenende)|heute (?:früh|morgen)|vor (?:\w+ )?(?:stunden?|tag(?:en)?"
        r"|wochen?|monat(?:en)?|jahr(?:en)?)|damals|einmal|früher"
    ),
    consequence=words(
        r"(?:und|aber|dann|jetzt|seitdem) .{0,40}(?:kaputt|abgestürzt|fehlgeschlagen|hängt"
        r"|stürzt ab|geht nicht|lief nicht|gestorben)"
    ),
    of_change=words(
        r"(?:um|über|durch)?ge(?:stiegen|wechselt|zogen|stellt|gangen)|\w*ge(?:stiegen|wechselt"
        r"|zogen|stellt|schafft|löst|tauscht|schwenkt)|migriert|ersetzt|entschieden|beschlossen"
        r"|geeinigt|festgelegt|vereinbart|verständigt|nicht mehr|zurück bei|umbenannt|verschoben"
        r"|verlegt"
    ),
    people=words(r"ich|wir|mein\w*|unser\w*|uns|mir|mich"),
    noting=opening(
        r"(?:bitte )?(?:standardmäßig|in der regel|grundsätzlich|hinweis|in diesem fall)"
    ),
    notice=opening(r"(?:bitte )?(?:beachten|bedenken) sie|es ist zu beachten|zu beachten ist"),
    past_habit=words(
        r"früher|damals|einst|ehemals|vor jahren|als (?:kind|student\w*|schüler\w*|azubi)"
        r"|zu meiner zeit|in meiner (?:jugend|kindheit|ausbildung)|in der vergangenheit"
    ),
)
_VOICE = Voice(
    own=re.compile(
        r"(?i)\b(?:ich|wir|mein\w*|unser\w*|mich|mir|uns)\b|"
        + spelled(
            r"\b(?:bitte|immer|stets|nie|niemals|nie wieder|nur noch|nicht mehr|ab (?:jetzt|sofort"
            r"|heute|dem)|künftig|in zukunft|grundsätzlich|kein\w*|keinesfalls|beschlossen"
            r"|entschieden|vereinbart|nicht|statt|anstatt|sondern|ersetzt|abgelöst|korrektur|sorry"
            r"|vergiss|vergessen|eigentlich|doch|nein|hör\w*|lass\w*|vermeid\w*|nenn\w*|regel)\b"
        )
    ),
    first_person=words(r"ich|mich|mir|mein\w*"),
    mine=opening(r"ich|mein\w*"),
    style=words(
        r"antwort\w*|erwider\w*|einheiten|metrisch\w*|celsius|fahrenheit|emojis?|ton|sprache|sprich"
        r"|deutsch|hochdeutsch|englisch|französisch|spanisch|rechtschreibung|stichpunkt\w*|kurz\w*"
        r"|knapp\w*|ausführlich\w*|spoiler|duz\w*|geduzt|siez\w*|gesiezt|anrede|du-form|sie-form"
        r"|aufzählung\w*|fließtext\w*|gender\w*|floskel\w*"
    ),
    everywhere=words(
        r"(?:in|für|bei) all(?:en|e) (?:meine[nr]?|unsere[nr]?) \w+|überall|in jedem projekt"
        r"|in allen projekten|bei allem,? was ich|egal (?:wo|worum)|generell"
    ),
    explicit=opening(
        r"(?:(?:bitte|kannst du|könntest du|können sie|ich möchte,? dass du)[, ]+)*(?:(?:merk|denk"
        r"|notier|behalt|beacht|bedenk|speicher)\w*|zum merken|vergiss nicht|vergessen sie nicht"
        r"|notiz|nicht vergessen|fürs protokoll)"
    ),
    asked_at_end=re.compile(
        spelled(
            r"(?:\s*[,;–—-]+\s*|\. )(?:und )?(?:(?:bitte )?(?:merken?|notieren?|behalten?"
            r"|speichern?)(?: dir| sie sich)?(?: das| es)?(?: bitte)?|merk dir das(?: bitte)?"
            r"|bitte merk dir das|behalt das(?: bitte)?(?: im kopf)?|vergiss das nicht)[.!]*$"
        ),
        _I,
    ),
    credential=re.compile(
        spelled(
            r"\b(?:passw(?:o|ö)rt\w*|kennwort\w*|pin(?:-?code)?|geheimzahl|zugangscode|zugangsdaten"
            r"|api-?key|schlüsselwort|passphrase|tan|puk)\b.{0,30}?(?:ist|lautet|heißt|=|:)(?=\s)"
            r"|[\w-]*(?:passwort|kennwort|passphrase)(?=\s*[:=])"
        ),
        _I,
    ),
    negation=words(
        r"nicht|nichts|nie|niemals|kein\w*|ohne|weder|statt|anstatt|gegen|vermeid\w*|hör\w*"
        r"|auf(?:ge)?hör\w*"
        r"|abgeschafft|aufgegeben|weglassen|lass|vergiss|verzicht\w*|hasse?|gekündigt"
    ),
    contrast=words(
        r"von|statt|anstatt|sondern|durch|ersetzt|abgelöst|gewechselt|umgestiegen|umgezogen"
        r"|migriert|umgestellt|lieber|als|zurück"
    ),
    change=words(
        r"sorry|quatsch|korrektur|geirrt|vertan|jetzt|nun|statt|stattdessen|nicht mehr"
        r"|ab (?:jetzt|sofort|heute)|künftig|in zukunft"
        r"|eigentlich|doch|umgestiegen|gewechselt|gewechselt|migriert|ersetzt|abgelöst|umgezogen"
        r"|umgestellt|entschieden|beschlossen|neu\w*|inzwischen|mittlerweile|wieder|umbenannt"
        r"|verschoben|verlegt|seit|sondern"
    ),
    forget=opening(r"(?:bitte )?(?:vergiss|vergessen sie|vergesst)"),
    left=r"von|nicht|nicht mehr|statt|kein|keine|keinen|gegen",
    template=listed(
        """
        wir ich nutzen nutzt nutze benutzen verwenden verwende nicht mehr statt bevorzugt
        vorschlagen vermeiden immer nie kein keine keinen ist sind der die das ein eine in auf
        mit für von zu und oder nutzer nutzerin heißt name
        """
    ),
)
_FUNCTION = listed(
    """
    aber alle allem allen aller alles als also am an andere anderen anstatt auch auf aus bei beim
    bin bis bist bitte da dabei dafür damit dann daran das dass dein deine dem den denk denke der
    des dich die dies diese diesem diesen dieser dieses dir doch dort du durch eher ein eine
    einem einen einer eines er es etwas euch für ganz gegen genau gern gerne gewechselt
    grundsätzlich haben habe hat hatte heiße heißt hier ich ihm ihn ihnen ihr ihre im immer in
    ins ist ja jede jedem jeden jeder jetzt kann kein keine keinem keinen keiner künftig lieber
    mal man mehr mein meine meinem meinen meiner merk merke mich mir mit mag möchte muss müssen
    nach nächste nein nenn nicht nichts nie niemals noch nun nur nutze nutzen ob oder ohne schon
    sehr sein seit sich sie sind so soll sollen sondern statt stets über übrigens um umgestiegen
    umgezogen und uns unser unsere unserem unseren unter verwende verwenden verwendet benutze
    benutzen benutzt vom von vor vorschlagen war was wegen weil welche wenn wer werden wie wieder
    wir wird wo worden wurde wurden würde zu zum zur zwischen entschieden beschlossen geeinigt
    ersetzt abgeschafft bevorzuge bevorzugen ziehe überlegen gib gibt schreib schreibe schreiben
    sag antworte antworten läuft laufen liegt heute arbeiten arbeite setzen setze vergiss angeben
    nehmen nehme nimm könnt können wollen will
    """
)
_THING = re.compile(
    spelled(
        r"(?:die|der|das|den|dem|des|ein(?:e[mnrs]?)?|dies\w*|jen\w*|ihr\w*|sein\w*|dein\w*)\s"
    ),
    _I,
)
TERMS = Terms(
    code="de",
    cut=onwards(
        r"\s+(?:(?:jetzt|nun|inzwischen|mittlerweile|seit\w*|gestern|heute|neulich|kürzlich|bereits"
        r"|wieder|auch|noch|hier|dort|weil|da|damit|denn|obwohl|dass|wo|wenn|falls|bevor|nachdem"
        r"|bitte|immer|nie|niemals|nicht|mehr|überall|als|vor (?:\w+ )?(?:tagen|wochen|monaten"
        r"|jahren)|letzte[nrs]? \w+|und (?:ich|wir|es|sie|die|der|das|unser\w*|mein\w*|jetzt|nicht"
        r"|nie|immer|dann))\b)"
        rf"|\s*[,;:()–—!?\"„“{MASK}]|\s-\s|\.\s"
    ),
    determiner=re.compile(
        spelled(
            r"^(?:die|der|das|den|dem|des|eine?[mnrs]?|unser\w{0,2}|mein\w{0,2}|dein\w{0,2}"
            r"|alle[sn]?|nur|einfach|reine?[mnrs]?|irgendein\w*|kein\w{0,2}|zum|zur|mehr)\s+"
        ),
        _I,
    ),
    deictic=re.compile(
        spelled(
            r"(?:dies\w*|das|es|ihn|sie|er|ihm|ihr|denen|solche\w*|so|hier|dort|da|dich|mich|uns"
            r"|euch|beide\w*|etwas|nichts|alles|andere\w*|jene\w*|was|wie|warum|wann|wer|ob|man|wir"
            r"|ich|du|selbe\w*|gleiche\w*|mehr|viel\w*|besser\w*|nicht|daran|damit|dafür|zu)\b"
        ),
        _I,
    ),
    ordinal=re.compile(
        spelled(
            r"(?:erste|zweite|dritte|letzte|vorige|nächste|andere|neue|alte|obige|frühere|spätere)"
            r"[mnrs]?(?: (?:option|variante|version|vorschlag|lösung|idee|beispiel|branch"
            r"|stock\w*))?$"
        ),
        _I,
    ),
    several=re.compile(r"\s*(?:,|/|\+|&|\bund\b|\boder\b|\bsowie\b)\s*"),
    tail=onwards(
        r"\s+(?:für|in|im|ins|auf|an|am|als|aus|von|vom|zu|zum|zur|mit|über|via|bei|beim"
        r"|gegen|unter"
        r"|statt|anstatt|durch|wegen|nach|pro|ohne|rein|lieber|vorziehen|vor|gern\w*|dabei)\b"
    ),
    function=_FUNCTION,
    head=_THING,
    nouns_capital=True,
    subordinates=re.compile(r"(?i)\bdass?\s*$"),
)
GERMAN = Tongue(code="de", guards=_GUARDS, voice=_VOICE, terms=TERMS)
