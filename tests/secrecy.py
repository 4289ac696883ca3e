"""Credentials that are made at run time, of every kind that is known, and lines that hold none."""

import base64
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass

ALNUM = string.ascii_letters + string.digits
WORDISH = ALNUM + "-_"
HEX = "0123456789abcdef"
FRAMES = (
    "{}", "use this: {} for now", "Remember that our deploy key is {}.",
    "We use Stripe for payments, the key is {}.", "My API token is {}, please remember it.",
    "Merk dir: unser Token ist {}.", "N'oublie pas que notre clé API est {}.",
    "Recuerda que nuestra clave es {}.",
)  # fmt: skip
UPPER = string.ascii_uppercase + "234567"
BASE64 = ALNUM + "/+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A credential as it is written down, and the part of it that must not be kept.

    `kind` is what the table of issuers calls it; empty for what only the words around it announce.
    """

    text: str
    value: str
    kind: str = ""


def some(rng: random.Random, alphabet: str, length: int) -> str:
    """That many characters of an alphabet."""
    return "".join(rng.choice(alphabet) for _ in range(length))


def shaped(rng: random.Random) -> Iterator[Made]:
    """A credential of every kind whose form its issuer has laid down, some kinds in several."""
    for kind, text in (*_of_models(rng), *_of_code(rng), *_of_services(rng)):
        yield Made(text=text, value=text, kind=kind)


def announced(rng: random.Random) -> Iterator[Made]:
    """Credentials that a word beside them, or the place where they stand, gives away."""
    pem = "-----{} RSA PRIVATE KEY-----"
    word = some(rng, string.ascii_lowercase, 6) + str(rng.randrange(10, 999)) + "!"
    for frame, value in (
        (f"{pem.format('BEGIN')}\n{{}}\n{pem.format('END')}", some(rng, ALNUM, 64)),
        ("postgres://app:{}@db.internal:5432/shop", some(rng, ALNUM, 14)),
        ("Authorization: Bearer {}", some(rng, WORDISH, 40)),
        ("AWS_SECRET_ACCESS_KEY={}", some(rng, BASE64, 40)),
        ("api_key: '{}'", some(rng, ALNUM, 32)),
        ("my password is {}", word),
        ("DB_PASSWORD={}", some(rng, ALNUM, 16)),
        ('client_secret = "{}"', some(rng, WORDISH, 40)),
        ("the token is {}", some(rng, HEX, 40)),
    ):  # fmt: skip
        yield Made(text=frame.format(value), value=value)


def _of_models(rng: random.Random) -> Iterator[tuple[str, str]]:
    def an(length: int) -> str:
        return some(rng, ALNUM, length)

    def w(length: int) -> str:
        return some(rng, WORDISH, length)

    yield "openai", "sk-" + an(48)
    yield "openai", "sk-proj-" + w(64)
    yield "anthropic", "sk-ant-api03-" + w(93) + "AA"
    yield "mindhold", "mh_" + w(43)
    yield "google", "AIza" + w(35)
    yield "google", "ya29." + w(60)
    yield "google", "GOCSPX-" + w(28)
    yield "huggingface", "hf_" + an(34)
    yield "replicate", "r8_" + an(37)
    yield "groq", "gsk_" + an(52)
    yield "perplexity", "pplx-" + an(48)
    yield "xai", "xai-" + an(80)


def _of_code(rng: random.Random) -> Iterator[tuple[str, str]]:
    def an(length: int) -> str:
        return some(rng, ALNUM, length)

    def w(length: int) -> str:
        return some(rng, WORDISH, length)

    def x(length: int) -> str:
        return some(rng, HEX, length)

    yield "github", "ghp_" + an(36)
    yield "github", "github_pat_" + an(22) + "_" + an(59)
    yield "gitlab", "glpat-" + w(20)
    yield "gitlab", "gldt-" + w(20)
    yield "npm", "npm_" + an(36)
    yield "pypi", "pypi-AgEIcHlwaS5vcmc" + w(60)
    yield "rubygems", "rubygems_" + x(48)
    yield "crates", "cio" + an(32)
    yield "docker", "dckr_pat_" + w(27)
    yield "sentry", "sntrys_" + some(rng, BASE64, 60)
    yield "linear", "lin_api_" + an(40)
    yield "atlassian", "ATATT" + an(60)
    yield "figma", "figd_" + w(40)
    yield "postman", "PMAK-" + x(24) + "-" + x(34)
    yield "newrelic", "NRAK-" + some(rng, UPPER, 27)
    yield "grafana", "glsa_" + an(32) + "_" + x(8)
    yield "doppler", "dp.pt." + an(43)
    yield "vault", "hvs." + w(90)
    yield "age", "AGE-SECRET-KEY-1" + some(rng, UPPER, 58)
    yield "heroku", "HRKU-" + w(60)
    yield "fly", "FlyV1 fm2_" + w(90)
    yield "tailscale", "tskey-auth-" + an(12) + "-" + an(32)
    yield "supabase", "sbp_" + x(40)
    yield "supabase", "sb_secret_" + w(30)
    yield "planetscale", "pscale_tkn_" + w(43)
    yield "databricks", "dapi" + x(32)
    yield "digitalocean", "dop_v1_" + x(64)


def _of_services(rng: random.Random) -> Iterator[tuple[str, str]]:
    def an(length: int) -> str:
        return some(rng, ALNUM, length)

    def w(length: int) -> str:
        return some(rng, WORDISH, length)

    def x(length: int) -> str:
        return some(rng, HEX, length)

    def digits(length: int) -> str:
        return rng.choice("123456789") + some(rng, string.digits, length - 1)

    yield "aws", "AKIA" + some(rng, UPPER, 16)
    yield "slack", f"xoxb-{digits(12)}-{digits(12)}-{an(24)}"
    yield "slack_hook", f"hooks.slack.com/services/T{an(8)}/B{an(10)}/{an(24)}"
    yield "discord_hook", f"discord.com/api/webhooks/{digits(18)}/{w(68)}"
    yield "discord", f"M{w(25)}.{w(6)}.{w(38)}"
    yield "stripe", "sk_live_" + an(24)
    yield "stripe", "whsec_" + an(32)
    yield "sendgrid", "SG." + w(22) + "." + w(43)
    yield "twilio", "SK" + x(32)
    yield "telegram", f"{digits(9)}:AA{w(33)}"
    yield "shopify", "shpat_" + x(32)
    yield "mailgun", "key-" + x(32)
    yield "mailchimp", x(32) + "-us14"
    yield "square", "sq0atp-" + w(22)
    yield "facebook", "EAAB" + an(120)
    yield "airtable", f"pat{an(14)}.{x(64)}"
    yield "notion", "secret_" + an(43)
    yield "dropbox", "sl.u." + w(130)
    yield "bitlocker", "-".join(some(rng, string.digits, 6) for _ in range(8))
    yield "azure", f"AccountKey={some(rng, BASE64, 86)}=="
    yield "jwt", f"{_part('alg', 'HS256')}.{_part('n', an(9))}.{w(43)}"


def _part(name: str, value: str) -> str:
    text = f'{{"{name}":"{value}","typ":"JWT"}}'
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def harmless(rng: random.Random) -> str:
    """A line of technical text that holds no credential, though it looks as if."""

    def x(length: int) -> str:
        return some(rng, HEX, length)

    n = rng.randrange
    made = [
        f"commit {x(40)}",
        f"sha256:{x(64)}",
        f"id: {x(8)}-{x(4)}-4{x(3)}-a{x(3)}-{x(12)}",
        f"{n(2000, 2030)}-0{n(1, 9)}-1{n(9)} 10:{n(10, 59)}:10 INFO request {n(10**6)} done",
        f"import numpy as np  # version 1.{n(30)}.{n(9)}",
        f"git clone https://github.com/org{n(99)}/repo{n(999)}.git",
        f"see https://example.org/docs/api/v{n(9)}/tokens/rotate#secrets",
        "the token is expired, log in again",
        "password must have at least 12 characters",
        f"max_tokens: {n(4096)}",
        f"token_count = {n(10**5)}",
        "the api key is missing from the environment",
        "password: string",
        "password: $DB_PASSWORD",
        "secret: ${{ secrets.DEPLOY_KEY }}",
        "api_key = os.environ['OPENAI_API_KEY']",
        "const token = await getToken();",
        "auth: { type: oauth2, scopes: [read, write] }",
        f"primary key is user_{n(99)}_id_{n(9)}",
        f"foreign key (customer_id) references customers_{n(99)}",
        "press the any key to continue",
        f"key: value_{n(999)}",
        f"the session key is the request identifier number {n(99)}",
        f"aws s3 ls s3://bucket-{n(999)}/path/to/some/object/{n(99)}.parquet",
        f"data:image/png;base64,iVBORw0KGgo{n(9)}=",
        f"/usr/local/lib/python3.{n(9, 14)}/site-packages/some_package/tokens.py",
        "my name is Ada and I like tokens",
        f"docker pull ghcr.io/org/image@sha256:{x(64)}",
        f"pkg:npm/left-pad@1.{n(9)}.{n(9)}",
        f"integrity sha512-{some(rng, BASE64, 86)}==",
        f'ETag: "{x(32)}"',
        f"localhost:{n(1024, 65535)}/health?key=value",
        "postgres://user:password@localhost:5432/app",
        "https://user:$PASSWORD@host/",
        f"SK-{n(99)} is the part number",
        f"order AC{n(10**6)} shipped",
        f"hf_hub_download(repo_id='org/model-{n(99)}')",
        "sk-learn is imported as sklearn",
        f"npm_config_registry=http://r{n(9)}",
        "the secret is to rest the dough overnight",
        "token rotation is done by cron",
        "keyboard: qwertz, layout de-latin1-nodeadkeys",
        f"def test_password_reset_{n(99)}(client, settings):",
        f"MAX_PASSWORD_LENGTH={n(999)}",
        "pin the version to 3.12",
        f"trace_id={x(32)} span_id={x(16)}",
        f"uuid {x(8)}-{x(4)}-{x(4)}-{x(4)}-{x(12)} was not found",
        "authentication is done with passkeys everywhere",
        "The credentials file is at ~/.aws/credentials",
    ]
    return rng.choice(made)
