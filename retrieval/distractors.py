"""Distractors: any number of beliefs that nothing names, to measure others in their crowd."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice, product

from mindhold.beliefs.model import Alias, Belief, Evidence, Type
from mindhold.beliefs.valid import name_of

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_CONSONANTS, _VOWELS = "bcdfghjklmnpqrstvwxz", "uaoie"
_KINDS = (Type.ENTITY, Type.PREFERENCE, Type.DECISION)

# Invented places and houses, what may belong to them, and what is held about it: nothing that a
# message would say by chance, since two words and a number have to stand together.
_TONGUES = (
    (
        "Harrowgarth Wexcombe Thistlemere Ravenscarp Marlowick Ottershaw Pennyfold Quillhurst",
        "Ledger Workbench Almanac Registry Console Cabinet Timetable Handbook",
        "The {} runs for the whole team, with error handling, a cache and a database.",
    ),
    (
        "Kranichau Wolfsbrunn Eichenstedt Lindenroda Moorhagen Steinfurth Ulmenried Birkwang",
        "Werkbuch Zentrale Auftragsliste Schrank Kasse Fahrplan Archiv Mappe",
        "{} läuft beim ganzen Team, mit Sicherung und eigener Datenbank.",
    ),
    (
        "Montreval Clairfond Beaurivage Sauvignac Valombre Roquebelle Hautmesnil Fontarel",
        "Registre Carnet Atelier Tableau Horaire Dossier Comptoir Annuaire",
        "{} sert à toute l'équipe, avec une sauvegarde et une base de données.",
    ),
    (
        "Valdeluz Montealbo Riofresno Torrequebrada Campoviejo Piedralba Fuentenueva Castrillar",
        "Cuaderno Registro Taller Horario Archivo Tablero Almacen Listado",
        "{} sirve a todo el equipo, con copia de seguridad y base de datos.",
    ),
    (
        "鶴見沢 霧ヶ峰堂 桐生野 葛城屋 緋牡丹亭 槇ノ原 雁木町 榧野",
        "システム台帳 ロッカー 予定表 ノートブック 倉庫番 レジスター 点検簿 アーカイブ",
        "{}はチーム全員が使い、控えとデータベースがある。",
    ),
    (
        "栖霞坞 碧梧轩 鹭洲渡 翠微阁 沅芷园 枫泾塘 澹台里 桂棹亭",
        "登记簿 工作台 时刻表 档案柜 收银台 手册集 备忘板 仓储册",
        "{}供全组使用，有备份和数据库。",
    ),
)


def distractors(count: int, *, user: str, scopes: Sequence[str]) -> Iterator[Belief]:
    """Beliefs of six languages, each in all of the scopes; always the same ones, however many.

    Each is named by an invented word, by a house and a thing of its with a number, and by the
    invented word with an everyday one.
    """
    houses = [
        (f"{front} {back}", content)
        for fronts, backs, content in _TONGUES
        for front, back in product(fronts.split(), backs.split())
    ]
    for number, (house, content) in enumerate(islice(cycle(houses), count)):
        word, name = _invented(number), f"{house} {number}"
        held = content.format(f"{name} ({word})")
        yield Belief(
            id=f"distractor-{number}",
            user=user,
            type=_KINDS[number % len(_KINDS)],
            canonical_name=name_of(name),
            aliases=(Alias(text=word), Alias(text=name), Alias(text=f"{word} database")),
            content=held,
            why_it_matters=f"Speak of {word} as it is, and of Redis where it is a cache.",
            scopes=tuple(scopes),
            created_at=_AT,
            updated_at=_AT,
            evidence=(Evidence(quote=held, start=0, end=len(held), at=_AT),),
        )


def _invented(number: int) -> str:
    """Five syllables that no language has in this order; no two numbers below 3.2 million share
    one."""
    syllables = (
        _CONSONANTS[number // 20**place % 20] + vowel for place, vowel in enumerate(_VOWELS)
    )
    return "".join(syllables)
