"""Grammar: how the statements of one language are found in its sentences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.tongues.tongue import Tongue

Form = tuple[re.Pattern[str], Build]
Fallback = Callable[[Spoken], Iterator[Proposal | None]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """What the extractor must know of a language to cut a sentence and try its forms.

    A pattern of `record` has groups `link` and `rest`. `whole` are tried on a sentence as it is,
    `forms` on each clause; `fact` makes of "remember that P" and `standing` of "from now on P"
    what no form knows.
    """

    tongue: Tongue
    hint: re.Pattern[str]  # without one of these a sentence states nothing
    filler: re.Pattern[str]  # greetings and the like before a statement
    record: re.Pattern[str]  # remember that …
    task: re.Pattern[str]  # what follows "remember" where it only asks for an act
    infinitive: re.Pattern[str]  # "to" of "remember to always …"
    standing_begins: re.Pattern[str]  # from now on, …
    standing_ends: re.Pattern[str]
    project_begins: re.Pattern[str]  # in this project, …
    project_ends: re.Pattern[str]
    of_project: re.Pattern[str]  # begins what a project may be told
    condition: re.Pattern[str]  # for Python code, always …
    split: re.Pattern[str]  # between two clauses
    joint: re.Pattern[str]  # what is left of it at the end of the first
    softener: re.Pattern[str]  # please
    begins: re.Pattern[str]  # with what a clause that has a form begins
    secret: re.Pattern[str]  # where a sentence goes on to a credential
    whole: tuple[Form, ...]
    forms: tuple[Form, ...]
    fact: Fallback
    standing: Fallback
