"""Credentials told in ordinary words, in four languages, and sentences that only speak of some."""

import random
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import yaml
from secrecy import ALNUM, FRAMES, Made, announced, harmless, shaped

from mindhold.beliefs.text.secrets import find_secrets, redact

CORPUS = Path(__file__).parent / "secrets"
OURS = ("beliefs", "retrieval", "proxy", "cli")
LANGUAGES = ("english", "german", "french", "spanish")

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
                f"{''.join(rng.choice(ALNUM) for _ in range(12))}7x",
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


def made(frames: tuple[str, ...], seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Sentences of these frames, each with the value that it tells; empty where it tells none."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _filled(rng, rng.choice(frames))


def told(rng: random.Random) -> Iterator[Made]:
    """A credential in the owner's words, in each language."""
    for language in LANGUAGES:
        text, value = _filled(rng, rng.choice(TOLD[language]))
        yield Made(text=text, value=value)


def figures(rng: random.Random, count: int) -> str:
    """How many credentials are found, and how many lines without one are taken for one."""
    keys = [one for _ in range(count // 500) for one in (*shaped(rng), *announced(rng))]
    said = [(frame.format(one.text), one.value) for one in keys for frame in FRAMES]
    lines = [harmless(rng) for _ in range(count)]
    told = [
        f"Keys and passwords: {_share(_found(said))} found.",
        f"Harmless technical lines: {_share(_alarms(lines))} alarms.",
    ]
    for language in LANGUAGES:
        words = list(made(TOLD[language], rng.randrange(1 << 32), count // 4))
        other = made(SPOKEN_OF[language], rng.randrange(1 << 32), count // 4)
        told.append(
            f"Told in {language.title()}: {_share(_found(words))} found;"
            f" spoken of: {_share(_alarms([text for text, _ in other]))} alarms."
        )
    written = [*Path("docs").glob("*.md"), *chain(*(Path(one).rglob("*.py") for one in OURS))]
    own = [line for one in written for line in one.read_text("utf-8").splitlines()]
    return "\n\n".join([*told, f"Lines of our code and documents: {_share(_alarms(own))} alarms."])


def _found(said: Sequence[tuple[str, str]]) -> tuple[int, int]:
    return sum(value not in redact(text) for text, value in said), len(said)


def _alarms(lines: Sequence[str]) -> tuple[int, int]:
    return sum(bool(find_secrets(line)) for line in lines), len(lines)


def _share(counted: tuple[int, int]) -> str:
    return f"{counted[0]:,} of {counted[1]:,} ({counted[0] / counted[1]:.2%})"


def entries(name: str) -> tuple[list[tuple[str, list[str]]], list[tuple[str, list[str]]]]:
    """What somebody else tells, with its secrets, and what is harmless, with what must stay."""
    found = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    return (
        [_joined(entry["text"], entry["secrets"]) for entry in found["told"]],
        [_joined(entry["text"], entry.get("kept", [])) for entry in found["harmless"]],
    )


def _joined(text: str | list[str], pieces: list[str | list[str]]) -> tuple[str, list[str]]:
    whole, values = "".join(text), ["".join(piece) for piece in pieces]
    for number, value in enumerate(values):
        whole = whole.replace(f"{{{number}}}", value)
    return whole, values
