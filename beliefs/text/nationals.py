"""National numbers: of social insurance, tax and identity papers, known by their check digits.

What has no check digit is found by its form, or beside the word for it. Sources: the issuing
offices' own descriptions (SSA, HMRC, Deutsche Rentenversicherung, INSEE, ZAS, Ministerio del
Interior).
"""

import re

_AMERICAN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_BRITISH = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_GERMAN = re.compile(r"(?<!\d)\d{2} ?\d{6} ?[A-Z] ?\d{3}(?!\d)")
_SWISS = re.compile(r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\d)")
_FRENCH = re.compile(
    r"(?<![\d-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\d-])"
)
_SPANISH = re.compile(r"(?<![\w-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\w-])")
_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_NAMED = re.compile(
    r"(?i)\b(?:passport|reisepass|(?:personal)?ausweis|passeport|pasaporte|carte d['’]identité"
    r"|social security|national insurance|sozialversicherungs?|sécurité sociale|seguridad social"
    r"|steuer-?id|steueridentifikations|tax id|dni|nie|nif|nir|ssn|ahv|avs)"
    r"(?:-?(?:number|no\.?|nr\.?|nummer|numéro|número))?[\w'’. :-]{0,20}?"
    r"(?<!\w)(?P<number>(?-i:[A-Z0-9](?:[ .-]?[A-Z0-9]){6,16}))(?!\w)"
)


def national_number(text: str) -> str | None:
    """The kind of number in `text` that a state gave a person: social_security or identity."""
    if any(pattern.search(text) for pattern in (_AMERICAN, _BRITISH, _GERMAN)):
        return "social_security"
    if any(_swiss(found[0]) for found in _SWISS.finditer(text)):
        return "social_security"
    if any(_french(found[0]) for found in _FRENCH.finditer(text)):
        return "social_security"
    if any(_spanish(found[0]) for found in _SPANISH.finditer(text)):
        return "identity"
    numbers = (found["number"] for found in _NAMED.finditer(text))
    return "identity" if any(sum(map(str.isdigit, one)) >= 6 for one in numbers) else None


def _swiss(number: str) -> bool:
    """The AHV number ends with the check digit of an EAN-13."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == digits[12]


def _french(number: str) -> bool:
    """The key of a NIR is 97 minus the rest of the number by 97; Corsica counts as 19 and 18."""
    plain = number.replace(" ", "")
    body = plain[:-2].replace("2A", "19").replace("2B", "18")
    return 97 - int(body) % 97 == int(plain[-2:])


def _spanish(number: str) -> bool:
    """The letter of a DNI or NIE follows from its digits."""
    plain = number.replace("-", "")
    digits = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return _LETTERS[int(digits) % len(_LETTERS)] == plain[-1]
