"""Credentials in ordinary words, in four languages: told, they are found; spoken of, they are not.

Both kinds of sentences are made at run time, from frames and values that no rule has seen.
"""

import random
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.identifiers import identifier
from mindhold.beliefs.text.secrets import find_secrets, redact

LANGUAGES = ("english", "german", "french", "spanish")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)

TOLD: dict[str, tuple[str, ...]] = {
    "english": (
        "the password of the {place} is {password}", "our {place} password is {password}",
        "{place} password: {password}", "my password for the {place} was changed to {password}",
        "{password} is the password for the {place}", "the {place} passcode is {password}",
        "user: admin, password: {password}", "the wifi password is still {password}",
        "the wi-fi password at the {place} is {plain}", "login is ann, password {password}",
        "the PIN of my bank card is {pin}", "my PIN is {pin}", "SIM PIN {pin}",
        "the door code is {code}", "the code for the garage is {code}", "gate code {code}",
        "the alarm code at the {place} is {code}", "{pin} is the code of the safe",
        "the combination of the safe is {combination}", "bike lock combination: {combination}",
        "the lockbox code is now {code}", "cvc {cvc}", "the card's security code is {cvc}",
        "the wifi key is {key}", "recovery code: {key}", "BitLocker recovery key: {groups}",
        "my seed phrase is {seed}", "the recovery phrase: {seed}",
        "the passphrase of my key is {seed}", "the API key is {key}",
        "the safe opens with {pin}", "type {code} at the front door", "my login is ann / {mixed}",
        "credentials: admin / {mixed}", "pw: {mixed}", "the password's {mixed}",
        "I changed the password to {mixed}", "the OTP is {code}",
    ),
    "german": (
        "das Passwort für {ort} ist {password}", "unser WLAN-Passwort lautet {password}",
        "Passwort vom Router: {password}", "das Kennwort ist jetzt {password}",
        "das WLAN-Passwort ist {plain}", "{password} ist das Passwort für {ort}",
        "meine PIN ist {pin}", "die PIN der Bankkarte lautet {pin}", "der Türcode ist {code}",
        "der Code für die Haustür ist {code}", "Alarmcode: {code}", "der Tresorcode ist {pin}",
        "die Zahlenkombination vom Schloss ist {combination}", "die Geheimzahl ist {pin}",
        "der WLAN-Schlüssel ist {key}", "Wiederherstellungsschlüssel: {groups}",
        "der Tresor öffnet mit {pin}", "Zugangsdaten: ada / {mixed}",
        "wir haben das Passwort auf {mixed} geändert",
        "die Seed-Phrase lautet {seed}", "die Prüfnummer ist {cvc}", "der Garagencode ist {code}",
    ),
    "french": (
        "le mot de passe du {lieu} est {password}", "mot de passe : {password}",
        "le mot de passe wifi, c'est {password}", "mon mdp est {password}",
        "le mot de passe du wifi est {plain}", "{password} est le mot de passe du {lieu}",
        "le code de la porte est {code}", "le code d'entrée est le {code}",
        "le code de l'alarme est {pin}", "le digicode est {code}", "mon code PIN est {pin}",
        "le portail s'ouvre avec le {pin}", "identifiants : ada / {mixed}",
        "la combinaison du coffre est {combination}", "la clé wifi est {key}",
        "le code du portail : {code}", "la phrase de récupération est {seed}",
        "le cryptogramme est {cvc}", "la clé de récupération : {groups}",
    ),
    "spanish": (
        "la contraseña del {lugar} es {password}", "contraseña: {password}",
        "la contraseña del wifi es {plain}", "mi contraseña ahora es {password}",
        "{password} es la contraseña del {lugar}", "el código de la puerta es {code}",
        "el código de la alarma es {pin}", "el PIN de la tarjeta es {pin}", "mi pin es {pin}",
        "la puerta se abre con {pin}", "credenciales: ada / {mixed}",
        "la combinación de la caja fuerte es {combination}", "la clave del wifi es {key}",
        "el código del portal: {code}", "la frase semilla es {seed}",
        "la frase de recuperación es {seed}", "el CVV es {cvc}",
        "la clave de recuperación: {groups}",
    ),
}  # fmt: skip
SPOKEN_OF: dict[str, tuple[str, ...]] = {
    "english": (
        "the password is {state}", "passwords must have at least {n} characters",
        "our password manager is {name}", "we keep every password in {name}",
        "the password field is called {field}", "error code {n} is a timeout",
        "the exit code is {small}", "my postal code is {post}", "the area code is {n}",
        "the dress code is casual", "the discount code SPRING{small} has ended",
        "the code is in src/{field}.py", "the key is to stay calm", "the key to bread is time",
        "pin {field} to version 1.{small}", "we pin the base image", "LED pin {small} is broken",
        "the ISBN is 978-3-16-1484{small}", "order number {n} has shipped",
        "the colour code is #{hex}", "a combination of {name} and {name}",
        "the access code generator runs on {name}", "we rotate API keys every {small} days",
        "the private key is stored in {name}", "the recovery key is kept offline",
        "the confirmation code flow is tested with {name}", "the alarm is set for {small}:30",
        "the primary key of {field} is id", "the seed phrase must never be typed in",
        "reset your password after {n} days", "the safe is in the cellar", "sha-{n} of the file",
        "the login page is at port {n}", "the door opens at {small}:30", "we log in with {name}",
        "the gate opens with a remote", "our login is handled by {name} {small}",
        "credentials are stored in {name}", "the alarm goes off at 0630", "press 1 for sales",
        "the verification code expires after {small} minutes", "change the password to continue",
        "our door is painted green", "the country code of Chile is 56",
        "the QR code is on page {n}",
    ),
    "german": (
        "das Passwort ist {zustand}", "Passwörter brauchen {small} Zeichen",
        "unser Passwort-Manager ist {name}", "die Postleitzahl ist {post}",
        "der Fehlercode ist {n}", "der Code liegt in src/{field}",
        "der Schlüssel zum Erfolg ist Ruhe",
        "die Kombination aus {name} und {name} ist gut", "die Bestellnummer ist {n}",
        "der Quellcode ist auf {name}", "das Kennwort wird nie gespeichert",
        "der Rabattcode FRUEHLING{small} gilt noch", "die Farbe hat den Code #{hex}",
        "der Tresor steht im Keller", "der Wecker klingelt um {small}:30",
    ),
    "french": (
        "le mot de passe est {etat}", "les mots de passe ont {small} caractères",
        "notre gestionnaire de mots de passe est {name}", "le code postal est {post}",
        "le code d'erreur est {n}", "le code est dans src/{field}", "la clé du succès est le calme",
        "la combinaison de {name} et {name} est belle", "le numéro de commande est {n}",
        "le code source est sur {name}", "le code promo ETE{small} est terminé",
        "la couleur a le code #{hex}", "le coffre est à la cave",
    ),
    "spanish": (
        "la contraseña es {estado}", "las contraseñas tienen {small} caracteres",
        "nuestro gestor de contraseñas es {name}", "el código postal es {post}",
        "el código de error es {n}", "el código está en src/{field}",
        "la clave es mantener la calma", "la combinación de {name} y {name} es buena",
        "el número de pedido es {n}", "el código fuente está en {name}",
        "el código de descuento VERANO{small} terminó", "el color tiene el código #{hex}",
        "la caja fuerte está abajo",
    ),
}  # fmt: skip
_WORDS = {
    "place": "NAS,studio,drug cabinet terminal,club mailbox,cottage,front desk,router",
    "ort": "das NAS,den Verein,das Bankkonto,die Werkstatt,unsere Schule",
    "lieu": "serveur,bureau,routeur,club,compte bancaire", "lugar": "servidor,catálogo,club,router",
    "plain": "sunflower,Zwiebelturm,tournesol,girasol,marmalade,Kirschbaum,papillon,mariposa",
    "state": "wrong,expired,required,too short,hashed,not stored,never logged,mandatory,optional",
    "zustand": "falsch,abgelaufen,zu kurz,gehasht,nicht gespeichert,geheim,vorgeschrieben",
    "etat": "incorrect,expiré,obligatoire,trop court,chiffré,faux,oublié",
    "estado": "incorrecta,obligatoria,demasiado corta,cifrada,opcional,secreta",
    "name": "Bitwarden,Vault,Postgres,Redis,GitHub,Playwright,KeePass,Grafana",
    "field": "user_id,settings,login,orders,auth_form,session",
    "seed_word": "witch collapse practice feed shame open despair creek road again ice least river "
    "copper lemon tunnel violin garden pilot canyon oxygen rabbit sunset velvet",
}  # fmt: skip


def _filled(rng: random.Random, frame: str) -> tuple[str, str]:
    """The sentence, and the value that is secret in it, if any."""
    word, n = rng.choice(_WORDS["seed_word"].split()), rng.randrange
    values = {
        "password": rng.choice(
            (
                f"{word.title()}{n(10, 9999)}", f"{word}!{n(10, 99)}-{word.title()}",
                f"{word.title()}+Rain_{n(1900, 2030)}", f'"{word} {word} {n(99)}"',
                f"{''.join(rng.choice(string.ascii_letters + string.digits) for _ in range(12))}7x",
            )
        ),
        "pin": str(n(1000, 9999)),
        "code": rng.choice((f"{n(1000, 99999)}", f"{n(1000, 9999)}#", f"{n(10, 99)}A{n(10, 99)}")),
        "combination": "-".join(str(n(1, 60)) for _ in range(rng.choice((3, 4)))),
        "cvc": str(n(100, 999)),
        "mixed": rng.choice((f"{word.title()}!{n(10, 99)}", f"{word}-{word.title()}_{n(10, 999)}")),
        "key": "".join(rng.choice("abcdef0123456789") for _ in range(15)) + "4f",
        "groups": "-".join(str(n(100000, 999999)) for _ in range(8)),
        "seed": " ".join(rng.sample(_WORDS["seed_word"].split(), 12)),
        "plain": rng.choice(_WORDS["plain"].split(",")),
    }  # fmt: skip
    others = {key: rng.choice(given.split(",")) for key, given in _WORDS.items()}
    numbers = {"n": n(100, 999), "small": n(2, 30), "post": n(10000, 99999),
               "hex": f"{n(1 << 24):06x}"}  # fmt: skip
    told = next((value for key, value in values.items() if f"{{{key}}}" in frame), "")
    text = frame.format(**(others | values | numbers))
    ending = rng.choice((".", "", ", please.", " :)"))
    return text[0].upper() + text[1:] + ending, told.strip('"')


def _made(frames: tuple[str, ...], seed: int, count: int) -> Iterator[tuple[str, str]]:
    rng = random.Random(seed)
    for _ in range(count):
        yield _filled(rng, rng.choice(frames))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_in_words_is_found_and_taken_out(language: str) -> None:
    made = list(_made(TOLD[language], 3, 500))
    missed = [text for text, value in made if value in redact(text)]
    assert len(missed) / len(made) <= 0.02, sorted(missed)[:20]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_only_spoken_of_is_left_alone(language: str) -> None:
    made = list(_made(SPOKEN_OF[language], 5, 600))
    alarms = sorted({text for text, _ in made if find_secrets(text)})
    assert len(alarms) / len(made) <= 0.005, alarms[:20]


def _swiss(rng: random.Random) -> str:
    digits = "756" + "".join(rng.choice(string.digits) for _ in range(9))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    whole = digits + str((10 - total % 10) % 10)
    return f"{whole[:3]}.{whole[3:7]}.{whole[7:11]}.{whole[11:]}"


def _french(rng: random.Random) -> str:
    body = f"{rng.choice('12')}{rng.randrange(40, 99)}{rng.randrange(1, 13):02}"
    body += f"{rng.randrange(10, 95)}{rng.randrange(100, 999)}{rng.randrange(100, 999)}"
    return f"{body}{97 - int(body) % 97:02}"


def _spanish(rng: random.Random) -> str:
    number = rng.randrange(10_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def test_a_number_that_a_state_gave_a_person_is_known() -> None:
    rng = random.Random(4)
    for make in (_swiss, _french, _spanish):
        assert all(identifier(f"it is {make(rng)}, as you know") for _ in range(200)), make
    told = (
        "my passport number is C01X00T47", "meine Steuer-ID ist 86 095 742 719",
        "my NI number is AB 12 34 56 C", "meine SV-Nummer ist 65 070649 C 103",
    )  # fmt: skip
    assert [one for one in told if not identifier(one)] == []


def test_a_number_of_a_thing_is_no_persons() -> None:
    rng = random.Random(6)
    things = (
        "order 4711-0815", "ISBN 978-3-16-148410-0", "build 2026.03.01", "port 8080", "v1.26.4",
        "phone 555 0100", "the ticket is 12345678", "row 756 of 1234", "nie wieder 100 % Zucker",
        "the passport office opens at 9", "our passport.js setup",
    )  # fmt: skip
    assert [one for one in things if identifier(one)] == []
    lines = [f"item {rng.randrange(10**7)} in batch {rng.randrange(10**5)}" for _ in range(2000)]
    assert sum(bool(identifier(line)) for line in lines) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_told_is_ever_stored_however_it_is_wished_for(
    language: str, tmp_path: Path
) -> None:
    wish = {"english": "Remember that", "german": "Merk dir:", "french": "Note que",
            "spanish": "Recuerda que"}[language]  # fmt: skip
    made = list(_made(TOLD[language], 9, 60))
    with Store.open(tmp_path / "home") as store:
        learner = Learner(store)
        for number, (text, _) in enumerate(made):
            learner.learn(
                Said(text=f"{wish} {text}", scopes=("project:a",), at=AT, conversation=str(number))
            )
        kept = list(store.select())
    leaked = [(belief.content, value) for belief in kept for _, value in made
              if len(value) > 3 and value in belief.content]  # fmt: skip
    assert leaked == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("We use Stripe for payments, and the password is Tulip99!", "Stripe"),
        ("We use Hetzner for hosting. The root password is Mango-Tree-41.", "Hetzner"),
        ("Our gym is the Kraftwerk; the locker code is 4711.", "Kraftwerk"),
        ("Wir nutzen Hetzner für das Hosting. Das Passwort ist Apfel!77.", "Hetzner"),
    ],
)
def test_the_fact_beside_a_credential_is_kept(text: str, content: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        Learner(store).learn(Said(text=text, scopes=("project:a",), at=AT, conversation="one"))
        (belief,) = store.select()
    assert content in belief.content
    assert find_secrets(belief.content) == ()
    assert "4711" not in belief.content
