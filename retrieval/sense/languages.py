"""The languages that a sentence may be in, told by their words of grammar; words are normalised."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from mindhold.beliefs.text.lexicon import everyday_in, parts_in
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.text.words import UNKNOWN, rank


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, kw_only=True)
class Language:
    """The closed classes that tell a language, and the frame of a noun in it.

    All words are normalised, but for those that an accent makes another word, which are `accented`
    too (está, à). `definite` holds articles, also those melted with a preposition; of the
    prepositions, `strict` ones take no noun without an article, `loose` ones often do ("en mode",
    "ohne Rost"); `being` the verbs that say what something is; `having` those before a participle;
    `light` those that make a phrase with a bare noun ("hace sol", "avoir faim"); `finite` other
    verbs of grammar; `asking` what opens a clause; `pairing` what couples two nouns; `adverbs` what
    may stand between; `kinds` nouns that a name follows ("Projekt Zug", "se llama Luna");
    `uncounted` nouns that need no article.
    """

    code: str
    accented: frozenset[str] = frozenset()
    pairing: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    definite: frozenset[str]
    indefinite: frozenset[str]
    owners: frozenset[str]
    prepositions: frozenset[str]
    loose: frozenset[str]
    subjects: frozenset[str]
    being: frozenset[str]
    light: frozenset[str]
    finite: frozenset[str]
    asking: frozenset[str]
    adverbs: frozenset[str]
    kinds: frozenset[str]
    uncounted: frozenset[str]

    @cached_property
    def grammar(self) -> frozenset[str]:
        """The words that tell the language."""
        content = {"code", "accented", "kinds", "uncounted"}
        sets = (getattr(self, field.name) for field in fields(self) if field.name not in content)
        return frozenset(normal(word) for words in sets for word in words)

    def has(self, word: str) -> bool:
        """Whether its dictionary has the word, or its grammar."""
        if self.code == "en":
            return _lists("en", word)
        return word in self.grammar or everyday_in(self.code, word)


_NONE: frozenset[str] = frozenset()
ENGLISH = Language(
    code="en",
    definite=_words("the this that these those"),
    indefinite=_words("a an any some every each no another two three which"),
    owners=_words("my our your his her its their"),
    prepositions=_words("in on at from with via using over by for into to of about without"),
    loose=_NONE,
    subjects=_words("i you he she it we they there ive youre its thats dont cant"),
    being=_words("is are was were be"),
    light=_NONE,
    finite=_words("has have had do does did can could will would should may might must get got"),
    asking=_words("how why when where what who if whether because and or but so than"),
    adverbs=_words("just not also only still please here up out now"),
    kinds=_NONE,
    uncounted=_NONE,
)
GERMAN = Language(
    code="de",
    definite=_words(
        "der die das den dem des im am zum zur beim vom ins ans aufs furs ubers diese dieser dieses"
        " diesen diesem jene jener jedes jeder jede jeden welche welcher welches"
    ),
    indefinite=_words(
        "ein eine einen einem einer eines kein keine keinen keinem keiner zwei drei vier funf sechs"
        " viel viele vielen mehr wenig wenige mehrere mehreren einige einigen manche mancher alle"
        " allen aller beide beiden etwas genug so solche solcher andere anderen anderer anderes"
        " gleiche gleichen jede welchem welchen deren dessen voll nachste nachsten letzte letzten"
    ),
    owners=_words(
        "mein meine meinen meinem meiner dein deine deinen deinem deiner unser unsere unseren"
        " unserem unserer ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner euer eure"
    ),
    prepositions=_words(
        "bei mit von an auf fur gegen uber in aus zu nach unter via per statt seit neben hinter"
        " wegen"
    ),
    loose=_words("ohne vor durch um zwischen als wie"),
    subjects=_words(
        "ich du er sie es wir man dir mir dich mich ihm ihn uns wer nichts jemand niemand dies"
    ),
    being=_words("ist sind war waren wird werden wurde bin bist"),
    light=_words("gibt habe haben hat hatte macht"),
    finite=_words("kann konnen konnte soll sollte muss mussen will mag darf geht lauft kommt"),
    asking=_words(
        "wenn ob dass weil und oder aber was wo warum wann wieso sondern denn bevor damit sobald"
    ),
    pairing=_words("und oder sowie noch"),
    adverbs=_words(
        "auch nur noch schon eigentlich doch mal nicht jetzt immer wieder da dann bitte heute"
        " morgen gerade eben hier"
    ),
    kinds=_words(
        "projekt dienst bibliothek framework werkzeug app programm firma kunde kundin katze kater"
        " hund hundin server rechner team datenbank spiel figur mandant mandantin akte sprache"
        " herr herrn frau doktor dr onkel tante kollege kollegin familie namens heisst genannt"
        " boot schiff hof pferd stute modul paket board platine schule kita band verein"
    ),
    uncounted=_words(
        "nebel regen schnee sonne wind sturm eis hagel licht luft wasser strom gas feuer rauch"
        " staub milch brot butter kase kaffee tee bier wein zucker salz mehl honig fleisch fisch"
        " gemuse obst holz sand erde gold silber eisen stahl glas papier leder wolle seide"
        " rost liebe zeit geduld gluck ruhe freude lust kraft arbeit hilfe angst mut hoffnung"
        " frieden freiheit vernunft verstand nacht tag abend mittag fruhling sommer herbst winter"
        " haus hause bord see land ort geld mond himmel musik sport post schatten farbe rosa blau"
        " rot grun deutsch englisch"
    ),
)
FRENCH = Language(
    code="fr",
    definite=_words("le la les l du des au aux ce cet cette ces"),
    indefinite=_words(
        "un une deux trois quatre plusieurs quelques chaque aucun aucune tout toute tous toutes"
        " plus moins assez trop beaucoup peu autre autres meme memes certain certaine certains"
        " certaines divers diverses differents differentes tel telle tels telles dernier derniere"
        " premier premiere prochain prochaine nouvel nouveau nouvelle seul seule quel quelle"
    ),
    accented=_words("à a où là qu"),
    pairing=_words("et ou ni"),
    strict=_words("dans sur chez pour vers contre depuis selon via entre"),
    having=_words("ai as a avons avez ont avait avais"),
    owners=_words("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs"),
    prepositions=_words("à avec apres avant sauf"),
    loose=_words("de d en sans par comme ni sous"),
    subjects=_words(
        "je j tu il elle on nous vous ils elles ca cela celui celle ceux personne rien lequel"
    ),
    being=_words("est sont etait suis es serait sera etre"),
    light=_words("ai as a ont avait avoir avez avons fait faire faut faites"),
    finite=_words(
        "peut peux doit dois va vais veut veux dit lit vient tient prend met voit sait croit recoit"
        " dort part sort sert sent court boit suit vit finit perd rend fait plante tourne"
    ),
    asking=_words(
        "que qu qui quoi quand si où ou et mais comment pourquoi parce donc car puis alors lorsque"
    ),
    adverbs=_words(
        "pas bien juste encore aussi deja tres ne n y me m te t se s lui c stp svp merci"
    ),
    kinds=_words(
        "projet service bibliotheque outil appli application logiciel programme societe entreprise"
        " boite client cliente chat chatte chien chienne serveur machine equipe base jeu personnage"
        " affaire dossier langage langue carte module paquet monsieur madame docteur dr oncle tante"
        " collegue famille nomme nommee appelle appelles appellent appele appelee bateau voilier"
        " jument cheval poney ecole creche ferme maison villa groupe mme mlle mr m"
    ),
    uncounted=_words(
        "lumiere soleil pluie vent brume eau feu sable pierre bois pain vin joie plaisir soin amour"
        " temps force peur faim soif terre mer montagne ville route vue main pied tete bord table"
        " place fin cours train bateau avion voiture rouge bleu vert noir blanc ligne forme"
        " hiver ete automne printemps"
    ),
)
SPANISH = Language(
    code="es",
    accented=_words("está él tú qué más sí"),
    pairing=_words("y e o u ni"),
    strict=_words("para desde sobre hacia segun contra hasta"),
    having=_words("he has ha hemos han habia"),
    definite=_words(
        "el la los las lo del al esta este estas estos ese esa esos esas aquel aquella"
    ),
    indefinite=_words(
        "un una unos unas dos tres cuatro varios varias cada ningun ninguna algun alguna todo toda"
        " más mas menos mucho mucha muchos muchas poca poco otro otra otros otras cuanto cuanta qué"
        " todos todas cualquier cualquiera cierto cierta ambos ambas tal tales mismo misma propio"
        " propia primer primera ultimo ultima proximo proxima gran buen buena mal tanto tanta"
    ),
    owners=_words("mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra"),
    prepositions=_words("a con entre"),
    loose=_words("de en sin por como tras bajo"),
    subjects=_words(
        "yo él tú ella nosotros ellos ellas usted ustedes vos ello algo alguien nadie nada eso esto"
    ),
    being=_words("es son era soy eres fue ser está estan estoy parece"),
    light=_words("hay hace tiene tengo tienes tener haber hacer da dar hubo habia"),
    finite=_words(
        "ha han he has puede puedo debe va voy vas quiere quiero sera dice vuelve viene sale sabe"
        " sigue pide duerme muere juega come bebe cae trae pone oye ve lee cree deja uso usa usar"
    ),
    asking=_words("que si cuando porque y e o pero donde quien cual aunque pues"),
    adverbs=_words("no ya tambien solo aun muy siempre nunca me te se le les nos hoy ahora manana"),
    kinds=_words(
        "proyecto servicio biblioteca herramienta app aplicacion programa empresa cliente clienta"
        " gata gato perra perro servidor maquina equipo base juego personaje caso expediente"
        " lenguaje modulo paquete senor senora don dona doctor doctora dr dra tio tia abuelo abuela"
        " companero companera familia llama llamo llaman llamado llamada barco velero yegua caballo"
        " colegio guarderia granja casa grupo placa nombre sr sra srta"
    ),
    uncounted=_words(
        "luz sol paz agua lluvia viento nieve niebla sombra fuego arena piedra madera pan vino"
        " leche sal miel amor tiempo fuerza miedo hambre sed tierra mar ciudad calle mano pie"
        " cabeza casa clase cama mesa fin curso tren barco avion coche rojo azul verde negro blanco"
        " invierno verano otono primavera domingo marcha forma oro plata"
    ),
)
OTHERS = {one.code: one for one in (GERMAN, FRENCH, SPANISH)}
"""All of them but English, in which a word stands that no other language is told by."""

_GRAMMAR = frozenset[str]().union(*(one.grammar for one in OTHERS.values()))
_TELLING: dict[str, tuple[str, ...]] = {}
for _one in (ENGLISH, *OTHERS.values()):
    for _word in _one.grammar:
        _TELLING[_word] = (*_TELLING.get(_word, ()), _one.code)
_LETTERS = {"es": "ñ¿¡", "de": "äöüß", "fr": "çèêàùœâîô"}
_NEAR = 0.5  # words of grammar that do not tell two languages apart; their other words must


def grammar(word: str) -> bool:
    """Whether the word is grammar in any language but English."""
    return word in _GRAMMAR


def spoken(words: Sequence[str], text: str, least: float = 0) -> Language | None:
    """The language of a sentence of these words; None where no more than `least` of its words of
    grammar tell."""
    weights = dict.fromkeys(("en", *OTHERS), 0.0)
    for word in words:
        codes = _TELLING.get(word, ())
        for code in codes:
            weights[code] += 1 / len(codes)
    for code, letters in _LETTERS.items():
        if any(letter in text for letter in letters):
            weights[code] += 1
    most = max(weights.values())
    if most <= least:
        return None
    close = [code for code, weight in weights.items() if weight > most - _NEAR]
    if len(close) > 1:
        known = {code: sum(_lists(code, word) for word in words) for code in close}
        most = max(known.values())
        close = [code for code in close if known[code] == most]
    return _named(close[0]) if len(close) == 1 else None


def _lists(code: str, word: str) -> bool:
    return rank(word) < UNKNOWN if code == "en" else bool(parts_in(code, word))


def _named(code: str) -> Language:
    return OTHERS.get(code, ENGLISH)
