"""The languages that a sentence may be in, told by their words of grammar; words are normalised."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, kw_only=True)
class Language:
    """The closed classes that tell a language, and the frame of a noun in it.

    `definite` holds articles, also those melted with a preposition; `loose` the prepositions that
    often take a bare noun ("en mode", "ohne Rost"); `being` the verbs that say what something is;
    `light` those that make a phrase with a bare noun ("hace sol", "avoir faim"); `finite` other
    verbs of grammar; `asking` what opens a clause; `adverbs` what may stand between; `kinds` nouns
    that a name follows ("Projekt Zug", "se llama Luna"); `uncounted` nouns that need no article.
    """

    code: str
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
        content = {"code", "kinds", "uncounted"}
        sets = (getattr(self, field.name) for field in fields(self) if field.name not in content)
        return frozenset().union(*sets)


_NONE: frozenset[str] = frozenset()
ENGLISH = Language(
    code="en",
    definite=_words("the this that these those"),
    indefinite=_words("a an any some every each no another two three which"),
    owners=_words("my our your his her its their"),
    prepositions=_words("in on at from with via using over by for into to of about without"),
    loose=_NONE,
    subjects=_words("i you he she it we they there im ive youre its thats dont cant"),
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
        "ein eine einen einem einer eines kein keine keinen keinem keiner zwei drei vier funf viele"
        " mehr wenig mehrere einige manche alle etwas genug so"
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
    subjects=_words("ich du er sie es wir man dir mir dich mich ihm ihn uns wer"),
    being=_words("ist sind war waren wird werden wurde bin bist"),
    light=_words("gibt habe haben hat hatte macht"),
    finite=_words("kann konnen konnte soll sollte muss mussen will mag darf geht lauft kommt"),
    asking=_words(
        "wenn ob dass weil und oder aber was wo warum wann wieso sondern denn bevor damit sobald"
    ),
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
        " gemuse obst holz stein sand erde gold silber eisen stahl glas papier leder wolle seide"
        " rost liebe zeit geduld gluck ruhe freude lust kraft arbeit hilfe angst mut hoffnung"
        " frieden freiheit vernunft verstand nacht tag abend mittag fruhling sommer herbst winter"
        " haus hause bord see land ort geld mond himmel musik sport post schatten farbe rosa blau"
        " rot grun deutsch englisch"
    ),
)
FRENCH = Language(
    code="fr",
    definite=_words("le la les l du des au aux ce cet cette ces quel quelle quels quelles"),
    indefinite=_words(
        "un une deux trois quatre plusieurs quelques chaque aucun aucune tout toute tous toutes"
        " plus moins assez trop beaucoup peu"
    ),
    owners=_words("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs"),
    prepositions=_words("a avec dans sur chez pour vers entre depuis contre apres avant selon via"),
    loose=_words("de d en sans par comme ni sous"),
    subjects=_words("je j tu il elle on nous vous ils elles ca"),
    being=_words("est sont etait suis es serait sera etre"),
    light=_words("ai as a ont avait avoir avez avons fait faire faut faites"),
    finite=_words("peut peux doit dois va vais veut veux dit"),
    asking=_words("que qu qui quoi quand si ou et mais comment pourquoi parce donc car puis alors"),
    adverbs=_words(
        "pas bien juste encore aussi deja tres ne n y me m te t se s lui c stp svp merci"
    ),
    kinds=_words(
        "projet service bibliotheque outil appli application logiciel programme societe entreprise"
        " boite client cliente chat chatte chien chienne serveur machine equipe base jeu personnage"
        " affaire dossier langage langue carte module paquet monsieur madame docteur dr oncle tante"
        " collegue famille nomme nommee appelle appelles appellent appele appelee bateau voilier"
        " jument cheval poney ecole creche ferme maison villa groupe"
    ),
    uncounted=_words(
        "lumiere soleil pluie vent brume eau feu sable pierre bois pain vin joie plaisir soin amour"
        " temps force peur faim soif terre mer montagne ville route vue main pied tete bord table"
        " place fin cours train bateau avion voiture rouge bleu vert noir blanc rose ligne forme"
        " hiver ete automne printemps"
    ),
)
SPANISH = Language(
    code="es",
    definite=_words("el la los las lo del al esta este estas estos ese esa aquel aquella"),
    indefinite=_words(
        "un una unos unas dos tres cuatro varios varias cada ningun ninguna algun alguna todo toda"
        " mas menos mucho mucha poca poco otro otra cuanto cuanta"
    ),
    owners=_words("mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra"),
    prepositions=_words("a con para desde sobre entre hacia segun contra hasta"),
    loose=_words("de en sin por como tras bajo"),
    subjects=_words("yo el ella nosotros ellos ellas usted ustedes vos ello"),
    being=_words("es son era soy eres fue ser esta estan estoy"),
    light=_words("hay hace tiene tengo tienes tener haber hacer da dar hubo habia"),
    finite=_words("ha han he has puede puedo debe va voy vas quiere quiero sera dice"),
    asking=_words("que si cuando porque y e o pero donde quien cual aunque pues"),
    adverbs=_words("no ya tambien solo aun muy siempre nunca me te se le les nos hoy ahora manana"),
    kinds=_words(
        "proyecto servicio biblioteca herramienta app aplicacion programa empresa cliente clienta"
        " gata gato perra perro servidor maquina equipo base juego personaje caso expediente"
        " lenguaje modulo paquete senor senora don dona doctor doctora dr dra tio tia abuelo abuela"
        " companero companera familia llama llamo llaman llamado llamada barco velero yegua caballo"
        " colegio guarderia granja casa grupo placa nombre"
    ),
    uncounted=_words(
        "luz sol paz agua lluvia viento nieve niebla sombra fuego arena piedra madera pan vino"
        " leche sal miel amor tiempo fuerza miedo hambre sed tierra mar ciudad calle mano pie"
        " cabeza casa clase cama mesa fin curso tren barco avion coche rojo azul verde negro blanco"
        " rosa invierno verano otono primavera domingo marcha forma oro plata"
    ),
)
OTHERS = {one.code: one for one in (GERMAN, FRENCH, SPANISH)}
"""All of them but English, in which a word stands that no other language is told by."""

_TELLING: dict[str, tuple[str, ...]] = {}
for _one in (ENGLISH, *OTHERS.values()):
    for _word in _one.grammar:
        _TELLING[_word] = (*_TELLING.get(_word, ()), _one.code)
_LETTERS = {"es": "ñ¿¡", "de": "äöüß", "fr": "çèêàùœâîô"}
_MARGIN = 1.0  # words of grammar more than those of English that make it another language


def spoken(words: Iterable[str], text: str) -> Language | None:
    """The language of a sentence of these words; None where nothing tells."""
    weights = dict.fromkeys(("en", *OTHERS), 0.0)
    for word in words:
        codes = _TELLING.get(word, ())
        for code in codes:
            weights[code] += 1 / len(codes)
    for code, letters in _LETTERS.items():
        if any(letter in text for letter in letters):
            weights[code] += 1
    best = max(weights, key=lambda code: weights[code])
    if weights[best] < _MARGIN or sorted(weights.values())[-2] > weights[best] - 0.3:
        return None
    return OTHERS.get(best, ENGLISH)
