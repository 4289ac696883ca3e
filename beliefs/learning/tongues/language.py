"""Language: in which language a text is written, told by its words of grammar; pure."""

import re
from functools import lru_cache

from mindhold.beliefs.text.normal import normal

_WORDS = {
    "en": """
        a an the and or but of to in on for with from by as at is are was were be been am have
        has had do does did will would should could can may might not no never always this that
        these those it its we our us backend i my runs actions team me you your they their he
        she his her what when where which who why how if then than so because about into over
        only also now just don' i' we' it' that' let' you' isn' doesn' didn' won' can' wasn'
        haven' use using used prefer please remember call keep stop forget instead more any all
        every there here yes today
    """,
    "de": """
        in der die das erst dann gib so theorie den dem des alle allem allen alles ein eine
        einen einem einer eines und oder aber nicht kein keine keinen keinem keiner nie niemals
        immer ist sind war waren sein bin bist hat haben habe hast hatte hatten wird werden
        wurde wurden wuerde soll sollen sollte kann koennen konnen muss mussen muessen darf will
        wollen moechte mochte ich du er wir ihr mich dich mir dir uns euch ihm ihnen sie mein
        meine meinen meinem meiner meines dein deine deinen deiner unser unsere unserem unseren
        unserer ihre ihren seine seinen im vom zum zur aus auf bei beim mit nach von fur fuer
        uber ueber unter durch ohne gegen um zu als wie wenn dass ob weil damit sondern auch nur
        noch schon jetzt ab heute bitte merk merke denk denke notier notiere behalte nenn nenne
        sag verwende verwendet verwenden benutze benutzen nutze nutzen nimm nehme nehmen schreib
        schreibe antworte sprich statt anstatt lieber mehr hier dort diese dieser dieses diesem
        diesen was wer wo wann warum welche welcher man es ja nein doch mal gern gerne also
        heisst heisse laeuft lauft ersetzt umgestiegen gewechselt entschieden beschlossen
        vergiss vergesst eher kuenftig kunftig zukunft grundsatzlich ans ins korrektur seit
        dienstags montags mittwochs donnerstags freitags samstags sonntags
    """,
    "fr": """
        le la les un une on tomber laisse des du de et ou mais ne pas plus jamais toujours est
        sont etait etaient etre suis es sommes etes ai as a avons avez ont avait avais je tu il
        elle nous vous ils elles me te se moi toi lui leur mon ma mes ton ta tes son sa ses
        notre nos votre vos ce cet cette ces ca qui que quoi dont au aux dans en sur sous par
        pour avec sans chez vers comme si quand donc car aussi tres bien tout tous toute toutes
        rien aucun aucune desormais maintenant dorenavant merci svp l' d' j' n' qu' c' s' m' t'
        jusqu' aujourd' retiens note souviens oublie appelle utilise utilisez utilisons utiliser
        reponds repondez propose proposer arrete prefere preferes preferons decide choisi passe
        passes remplace depuis plutot fait peut faut cela celui celle quel quelle pourquoi
        comment est-ce oui non mets mettez donne donnez ecris ecrivez cite parle dis soit serait
        sera avant apres hier demain pendant selon deux utilisait utilisaient lundi mardi
        mercredi jeudi vendredi samedi dimanche
    """,
    "es": """
        a el prefiere prefieren cambio usan llama la los las un una llamarme vivo resido digas
        enfermera puedes puede llamar encarga contaba unos unas de del al y e o u pero no ni
        nunca jamas siempre es son era eran ser soy eres somos fue esta estan estoy estamos he
        has ha hemos han habia yo tu ella nosotros nosotras ellos ellas usted ustedes vos me te
        se nos le les lo mi mis tus su sus nuestro nuestra nuestros nuestras este esto estos
        estas ese esa eso esos esas que quien cual cuando donde como porque para por con sin en
        entre sobre desde hasta segun si tambien muy mas menos ya todo todos toda todas nada
        ahora hoy favor recuerda recuerde apunta anota olvida olvides cuenta llamo llamame usa
        uso usamos usar use uses utilizo utilizamos utiliza utilices prefiero preferimos
        preferiria pasamos pase migramos cambiamos cambie decidimos elegimos quedamos dejamos
        dejar deja reemplazamos sustituimos tres paso dos decidido decidio elegido cambiado
        migrado pasado vuelto antes despues ayer manana quizas quiza tal usabamos usaba usemos
        tengo tenemos trabajo
        utilizabamos deberiamos deberia seria otra otro cada capitulo responde contesta
        propongas sugieras pon pongas da escribe habla lunes martes miercoles jueves viernes
        sabado sabados domingo
    """,
    "it": """
        il lo la gli le un uno una di del della dei delle dello al alla ai alle dal dalla nel
        nella e ed o ma non mai sempre sono sei siamo era ho hai ha abbiamo hanno io noi voi
        loro mi ti ci si mio mia miei mie tuo tua nostro nostra questo questa questi che chi cui
        come quando dove perche per con senza su tra fra anche molto piu adesso ora oggi chiamo
        ricorda usa uso usiamo preferisco passati deciso scelto rispondi l' d' c' dell' nell'
        all' un' puoi grazie gia ancora
    """,
    "pt": """
        o a os as um uma uns umas de do da dos das em no na nos nas ao aos pelo pela e ou mas
        nao nunca sempre sao era ser sou somos esta estao estou foi tem tenho temos eu voce
        voces ele ela eles elas me te se meu minha meus minhas nosso nossa seu sua este isto
        isso esse que quem qual quando onde como porque para por com sem sobre desde ate tambem
        muito mais ja agora hoje lembre lembra uso usamos usar use prefiro passamos mudamos
        decidimos escolhemos responda chamo deixa favor trocamos
    """,
    "nl": """
        de het een en of maar niet geen nooit altijd is zijn was waren ben bent heb hebben heeft
        had ik jij je hij zij wij we jullie mij me ons onze mijn jouw uw dit dat deze die wat
        wie waar wanneer waarom hoe in op van voor met naar bij uit door over zonder om te als
        dan ook nog al nu vandaag alsjeblieft onthoud gebruik gebruiken liever meer hier daar
        wordt worden gebruikt overgestapt vergeet noem heet er zich kan moet wil zou
    """,
}
_CODES = tuple(_WORDS)
_GIVEN: dict[str, tuple[int, ...]] = {}
for _index, _listed in enumerate(_WORDS.values()):
    for _word in _listed.split():
        _GIVEN[_word] = tuple(dict.fromkeys((*_GIVEN.get(_word, ()), _index)))
_ENDINGS = {
    ending: tuple(_CODES.index(code) for code in codes)
    for ending, codes in {
        "amos": ("es", "pt"), "emos": ("es", "pt"), "imos": ("es", "pt"), "cion": ("es",),
        "lich": ("de",), "isch": ("de", "nl"), "keit": ("de",), "heit": ("de",), "ungs": ("de",),
        "eaux": ("fr",), "euse": ("fr",), "erez": ("fr",), "ssez": ("fr",), "acao": ("pt",),
        "zion": ("it",), "iamo": ("it",), "ioni": ("it",), "coes": ("pt",), "heid": ("nl",),
        "ijke": ("nl",), "lijk": ("nl",),
    }.items()
}  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+['’]?")
_SIGNS = {"ß": "de", "ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "œ": "fr"}
_WHOLE = 420  # what a word counts, shared among the languages that have it
_ENOUGH = 2000  # characters that decide


def language(text: str) -> str:
    """The code of the language that most of its words of grammar belong to; empty when none do.

    English wins a tie, then the languages in which statements are heard.
    """
    return _language(text[:_ENOUGH])


@lru_cache(maxsize=256)
def _language(text: str) -> str:
    counts = [0] * len(_CODES)
    for token in _TOKEN.findall(text):
        word = normal(token).replace("’", "'")
        shared = _GIVEN.get(word) or _ENDINGS.get(word[-4:], ())
        for index in shared:
            counts[index] += _WHOLE // len(shared)
    if not text.isascii():
        for sign, code in _SIGNS.items():
            counts[_CODES.index(code)] += _WHOLE * (sign in text)
    most = max(counts)
    return _CODES[counts.index(most)] if most else ""
