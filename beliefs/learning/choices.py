"""Choices: alternatives of which a person holds one at a time; pure.

Tabs or spaces, metric or imperial, Monday or Friday: two statements that differ in nothing but
the alternative cannot both be meant.
"""

import re

from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.tongues.known import tongue_of

_ALTERNATIVES = """
tabs tab tabulations tabulaciones tabulatoren | spaces space leerzeichen espaces espacios
metric metrisch métrique métrico métricas metrische metrischen | imperial imperiale
celsius | fahrenheit
dark dunkel dunkles dunklen sombre oscuro | light hell helles hellen clair claro
english englisch anglais inglés | german deutsch allemand alemán | french französisch français francés | spanish spanisch espagnol español | italian italienisch italien italiano | portuguese | dutch | polish | japanese | chinese
british | american
12-hour 12h | 24-hour 24h
single | double
camelcase | snake_case | kebab-case | pascalcase
vegan vegane veganer végane vegano vegana | vegetarian vegetarisch vegetarier végétarien végétarienne vegetariano vegetariana | pescatarian
short concise brief terse kurz kurze knapp court courtes cortas breves | long detailed verbose thorough lang lange ausführlich ausführliche longues largas detalladas
formal formell formel | informal casual locker informel
bullets bullet points | prose paragraphs fließtext
monday montag lundi lunes mondays | tuesday dienstag mardi martes tuesdays | wednesday mittwoch mercredi miércoles wednesdays | thursday donnerstag jeudi jueves thursdays | friday freitag vendredi viernes fridays | saturday samstag samedi sábado saturdays | sunday sonntag dimanche domingo sundays
january | february | april | june | july | august | september | october | november | december
"""  # noqa: E501, a line a choice
_MEMBERS: dict[str, tuple[int, int]] = {
    word: (choice, member)
    for choice, line in enumerate(_ALTERNATIVES.strip().splitlines())
    for member, words in enumerate(line.split("|"))
    for word in words.split()
}
_FRAME = frozenset(
    re.findall(
        r"\S+",
        "now please reply replies respond response responses speak talk keep make stick mode theme"
        " units unit system quotes bullet points i'd rather really generally actually"
        " ab jetzt künftig désormais dorénavant maintenant ahora partir adelante",
    )
)


def chosen(text: str) -> dict[int, int]:
    """Which alternative of which choice the text names; none where it names several of one."""
    found: dict[int, set[int]] = {}
    for word in support.words(text):
        if word in _MEMBERS:
            choice, member = _MEMBERS[word]
            found.setdefault(choice, set()).add(member)
    return {choice: members.pop() for choice, members in found.items() if len(members) == 1}


def alternatives(text: str) -> list[str]:
    """Every word by which an alternative of what the text chooses is called."""
    choices = chosen(text)
    return [word for word, (choice, _) in _MEMBERS.items() if choice in choices]


def exclude(one: str, other: str) -> bool:
    """Whether two texts choose differently in some choice, whatever else they say."""
    here, there = chosen(one), chosen(other)
    return any(there.get(choice, member) != member for choice, member in here.items())


def rivals(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what they choose."""
    return (
        exclude(one, other)
        and support.negates(one) == support.negates(other)
        and _frame(one) == _frame(other)
    )


def _frame(text: str) -> set[str]:
    """What the choice is about: the words that are neither an alternative nor wording."""
    skipped = tongue_of(text).voice.template | _FRAME
    return {word for word in support.words(text) if word not in skipped and word not in _MEMBERS}
