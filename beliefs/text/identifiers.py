"""Identifiers: personal data that is stored only when its owner asks for it outright."""

import re

from mindhold.beliefs.text.nationals import national_number

_CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_HEALTH = re.compile(
    r"(?i)\b(?:diagnos\w+|diabet\w+|cancer|tumou?r|hiv|aids|depress(?:ed|ion)|bipolar"
    r"|schizophren\w+"
    r"|adhd|autis\w+|epilep\w+|pregnan\w+|miscarriage|abortion|antidepressants?|insulin|chemo\w*"
    r"|therapist|rehab|asthma\w*|disab(?:led|ility)|my (?:medication"
    r"|prescription|illness))\b"
)


_ALLERGY = re.compile(r"(?i)\ball?erg\w+")
_OWN_ALLERGY = re.compile(
    r"(?i)\b(?:i(?:['’]?m| am| have|['’]ve)|we(?:['’]re| are| have)|ich (?:bin|habe|reagiere)"
    r"|wir (?:sind|haben)|je suis|j['’]ai|nous sommes|soy|tengo|somos)\b[^,;:.!?]{0,40}\ball?erg"
)
OWN_ALLERGY = "own_allergy"


def identifier(text: str) -> str | None:
    """The kind of personal identifier in `text`: card, iban, social_security, identity,
    health, or allergy.

    `OWN_ALLERGY` is one that the writer says they have: nobody keeps that from who cooks for them.
    """
    if any(_luhn(re.sub(r"\D", "", card[0])) for card in _CARD.finditer(text)):
        return "card"
    if any(_mod97(iban[0].replace(" ", "")) for iban in _IBAN.finditer(text)):
        return "iban"
    if kind := national_number(text):
        return kind
    if _HEALTH.search(text):
        return "health"
    if _OWN_ALLERGY.search(text):
        return OWN_ALLERGY
    return "allergy" if _ALLERGY.search(text) else None


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812: the check digit of a payment card."""
    total = 0
    for index, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if index % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0 and len(set(digits)) > 1


def _mod97(iban: str) -> bool:
    """ISO 13616: the check digits of an account number."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1
