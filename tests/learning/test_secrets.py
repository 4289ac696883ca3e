"""Secrets: found by shape, over credentials and harmless lines that are made at run time."""

import random
from itertools import islice

from secrecy import ALNUM, BASE64, HEX, Made, announced, shaped, some

from mindhold.beliefs.text import secrets
from mindhold.beliefs.text.secrets import find_secrets, redact


def _benign(rng: random.Random) -> str:
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


def _credentials(seed: int, count: int) -> list[Made]:
    rng = random.Random(seed)
    made = (one for _ in range(count) for one in (*shaped(rng), *announced(rng)))
    return list(islice(made, count))


def test_nearly_every_credential_is_found() -> None:
    made = _credentials(7, 800)
    missed = [one.text[:12] for one in made if one.value in redact(f"use this: {one.text} for now")]
    assert len(missed) / len(made) <= 0.02, sorted(set(missed))


def test_every_kind_of_the_table_is_made_and_found_as_what_it_is() -> None:
    made = {one.kind for one in shaped(random.Random(1))}
    assert made == {kind for kind, _ in secrets._TABLE}
    for one in shaped(random.Random(2)):
        assert find_secrets(one.text)[0].kind == one.kind


def test_hardly_any_harmless_line_is_taken_for_one() -> None:
    rng = random.Random(11)
    made = [_benign(rng) for _ in range(2500)]
    alarms = [one for one in made if find_secrets(one)]
    assert len(alarms) / len(made) <= 0.005, sorted(set(alarms))[:20]


def test_redacted_text_keeps_all_but_the_secret() -> None:
    key = "ghp_" + some(random.Random(3), ALNUM, 36)
    assert redact(f"our key {key} is old") == "our key [secret: github] is old"


def test_redacting_twice_changes_nothing_more() -> None:
    for one in _credentials(5, 200):
        once = redact(f"note: {one.text} end")
        assert redact(once) == once
