"""Known: the tongues that statements are heard in, and in which of them a text is."""

from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.french import FRENCH
from mindhold.beliefs.learning.tongues.german import GERMAN
from mindhold.beliefs.learning.tongues.language import language
from mindhold.beliefs.learning.tongues.spanish import SPANISH
from mindhold.beliefs.learning.tongues.tongue import Tongue

TONGUES = {tongue.code: tongue for tongue in (ENGLISH, GERMAN, FRENCH, SPANISH)}


def tongue_of(text: str) -> Tongue:
    """The tongue of a text; English where it is in none that is known."""
    return TONGUES.get(language(text), ENGLISH)
