"""Secrets: found by shape, over credentials and harmless lines that are made at run time."""

import base64
import random
import string

from mindhold.beliefs.text.secrets import find_secrets, redact

ALNUM = string.ascii_letters + string.digits
WORDISH = ALNUM + "-_"
HEX = "0123456789abcdef"


def _some(rng: random.Random, alphabet: str, length: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(length))


def _credential(rng: random.Random) -> str:
    def an(length: int) -> str:
        return _some(rng, ALNUM, length)

    def w(length: int) -> str:
        return _some(rng, WORDISH, length)

    def x(length: int) -> str:
        return _some(rng, HEX, length)

    def jwt_part(text: str) -> str:
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    made = [
        "sk-" + an(48),
        "sk-proj-" + w(64),
        "sk-ant-api03-" + w(93) + "AA",
        "ghp_" + an(36),
        "github_pat_" + an(22) + "_" + an(59),
        "glpat-" + w(20),
        "AKIA" + _some(rng, string.ascii_uppercase + "234567", 16),
        "AIza" + w(35),
        f"xoxb-{rng.randrange(10**11, 10**12)}-{rng.randrange(10**11, 10**12)}-{an(24)}",
        "sk_live_" + an(24),
        "SG." + w(22) + "." + w(43),
        "SK" + x(32),
        "npm_" + an(36),
        "pypi-AgEIcHlwaS5vcmc" + w(60),
        "hf_" + an(34),
        "r8_" + an(37),
        "gsk_" + an(52),
        "dop_v1_" + x(64),
        "dapi" + x(32),
        f"{rng.randrange(10**8, 10**9)}:AA" + w(33),
        "shpat_" + x(32),
        "key-" + x(32),
        x(32) + "-us14",
        "lin_api_" + an(40),
        "secret_" + an(43),
        "hvs." + w(90),
        "glsa_" + an(32) + "_" + x(8),
        "dckr_pat_" + w(27),
        "tskey-auth-" + an(12) + "-" + an(32),
        "sbp_" + x(40),
        "mh_" + w(43),
        jwt_part('{"alg":"HS256","typ":"JWT"}')
        + "."
        + jwt_part('{"sub":"1","n":"' + an(9) + '"}')
        + "."
        + w(43),
        "-----BEGIN RSA PRIVATE KEY-----\n" + an(64) + "\n-----END RSA PRIVATE KEY-----",
        f"postgres://app:{an(14)}@db.internal:5432/shop",
        f"Authorization: Bearer {w(40)}",
        f"AWS_SECRET_ACCESS_KEY={_some(rng, ALNUM + '/+', 40)}",
        f"api_key: '{an(32)}'",
        f"my password is {_some(rng, string.ascii_lowercase, 6)}{rng.randrange(10, 999)}!",
        f"DB_PASSWORD={an(16)}",
        f'client_secret = "{w(40)}"',
        f"the token is {x(40)}",
        f"AccountKey={_some(rng, ALNUM + '/+', 86)}==",
    ]
    return rng.choice(made)


def _benign(rng: random.Random) -> str:
    def x(length: int) -> str:
        return _some(rng, HEX, length)

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
        f"integrity sha512-{_some(rng, ALNUM + '/+', 86)}==",
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


def test_nearly_every_credential_is_found() -> None:
    rng = random.Random(7)
    made = [_credential(rng) for _ in range(800)]
    missed = [one[:12] for one in made if not find_secrets(f"use this: {one} for now")]
    assert len(missed) / len(made) <= 0.02, sorted(set(missed))


def test_hardly_any_harmless_line_is_taken_for_one() -> None:
    rng = random.Random(11)
    made = [_benign(rng) for _ in range(2500)]
    alarms = [one for one in made if find_secrets(one)]
    assert len(alarms) / len(made) <= 0.005, sorted(set(alarms))[:20]


def test_redacted_text_keeps_all_but_the_secret() -> None:
    key = "ghp_" + _some(random.Random(3), ALNUM, 36)
    assert redact(f"our key {key} is old") == "our key [secret: github] is old"


def test_redacting_twice_changes_nothing_more() -> None:
    rng = random.Random(5)
    for _ in range(200):
        once = redact(f"note: {_credential(rng)} end")
        assert redact(once) == once
