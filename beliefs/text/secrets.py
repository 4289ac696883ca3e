"""Secrets: credentials that must not be stored, found by shape.

Most issuers put a fixed prefix before their keys; the table below knows those. What has no prefix
is found by its randomness, and only beside a word that announces a secret. Sources: the issuers'
own documentation of their formats. Checksums decide only where a prefix alone would not.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.text.credentials import told_credentials

_W = r"[A-Za-z0-9_-]"
_AN = r"[A-Za-z0-9]"
_TABLE: tuple[tuple[str, str], ...] = (
    ("anthropic", rf"sk-ant-{_W}{{16,}}"),
    ("openai", rf"sk-(?:proj-|svcacct-|admin-|or-v1-|or-|lf-)?{_W}{{20,}}"),
    ("mindhold", rf"mh_{_W}{{20,}}"),
    ("github", rf"gh[pousr]_{_AN}{{30,}}|github_pat_{_W}{{30,}}"),
    ("gitlab", rf"gl(?:pat|ptt|dt|rt|cbt|ft|imt|agent|soat|oas)-{_W}{{20,}}"),
    ("aws", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("google", rf"AIza{_W}{{35}}|ya29\.{_W}{{20,}}|GOCSPX-{_W}{{20,}}"),
    ("slack", rf"xox[abeoprs]-[A-Za-z0-9.-]{{10,}}|xapp-\d-{_W}{{10,}}"),
    ("slack_hook", r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/+]{20,}"),
    ("discord_hook", rf"discord(?:app)?\.com/api/webhooks/\d{{10,}}/{_W}{{40,}}"),
    ("stripe", rf"[rsp]k_(?:live|test)_{_AN}{{16,}}|whsec_[A-Za-z0-9+/=]{{24,}}"),
    ("sendgrid", rf"SG\.{_W}{{16,}}\.{_W}{{32,}}"),
    ("twilio", r"(?:AC|SK)[0-9a-f]{32}(?![A-Za-z0-9])"),
    ("npm", rf"npm_{_AN}{{36}}"),
    ("pypi", rf"pypi-{_W}{{40,}}"),
    ("rubygems", r"rubygems_[0-9a-f]{40,}"),
    ("crates", rf"cio{_AN}{{32}}(?![A-Za-z0-9])"),
    ("huggingface", rf"(?:hf|api_org)_{_AN}{{30,}}"),
    ("replicate", rf"r8_{_AN}{{35,}}"),
    ("groq", rf"gsk_{_AN}{{40,}}"),
    ("perplexity", rf"pplx-{_AN}{{40,}}"),
    ("xai", rf"xai-{_AN}{{40,}}"),
    ("digitalocean", r"do[oprt]_v1_[0-9a-f]{40,}"),
    ("databricks", r"dapi[0-9a-f]{32}"),
    ("telegram", rf"\d{{8,10}}:AA{_W}{{32,}}"),
    ("discord", rf"[MNO]{_W}{{22,27}}\.{_W}{{6}}\.{_W}{{27,}}"),
    ("shopify", r"shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}"),
    ("mailgun", r"key-[0-9a-f]{32}(?![A-Za-z0-9])"),
    ("mailchimp", r"[0-9a-f]{32}-us\d{1,2}(?!\d)"),
    ("square", rf"sq0(?:atp|csp|idp)-{_W}{{22,}}|EAAA{_W}{{56,}}"),
    ("facebook", rf"EAA[A-Z]{_AN}{{60,}}"),
    ("airtable", rf"pat{_AN}{{14}}\.[0-9a-f]{{40,}}"),
    ("linear", rf"lin_(?:api|oauth)_{_AN}{{32,}}"),
    ("notion", rf"(?:secret|ntn)_{_AN}{{40,}}"),
    ("figma", rf"fig[dour]_{_W}{{30,}}"),
    ("doppler", r"dp\.(?:pt|st|ct|scim|audit)\.[A-Za-z0-9._-]{40,}"),
    ("vault", rf"hv[bsr]\.{_W}{{24,}}"),
    ("grafana", rf"glsa_{_AN}{{32}}_[0-9a-f]{{8}}|glc_[A-Za-z0-9+/=]{{32,}}"),
    ("postman", r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    ("newrelic", rf"NR(?:AK|AL|RA|JS|II|AA)-{_AN}{{19,}}"),
    ("sentry", r"sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
    ("atlassian", r"AT(?:ATT|CTT|BB)[A-Za-z0-9_=.-]{24,}"),
    ("heroku", rf"HRKU-{_W}{{30,}}"),
    ("dropbox", rf"sl\.(?:u\.)?{_W}{{100,}}"),
    ("docker", rf"dckr_(?:pat|oat)_{_W}{{24,}}"),
    ("tailscale", rf"tskey-(?:auth|api|client)-{_W}{{16,}}"),
    ("fly", rf"FlyV1\ fm\d_{_W}{{40,}}|fo1_{_W}{{40,}}"),
    ("supabase", rf"sbp_[0-9a-f]{{40}}|sb_secret_{_W}{{20,}}"),
    ("planetscale", rf"pscale_(?:tkn|pw|oauth)_{_W}{{32,}}"),
    ("age", r"AGE-SECRET-KEY-1[0-9A-Z]{50,}"),
    ("jwt", rf"eyJ{_W}{{10,}}\.eyJ{_W}{{10,}}\.{_W}{{10,}}"),
    ("bitlocker", r"(?:\d{6}-){7}\d{6}(?!\d)"),
    ("azure", r"(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}"),
)
_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9])(?:" + "|".join(f"(?P<{kind}>{shape})" for kind, shape in _TABLE) + ")"
)
_LONG = re.compile(r"FlyV1 fm\d_[A-Za-z0-9_-]{40,}|[A-Za-z0-9_./+=:~-]{20,}")
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_PRIVATE_KEY_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_IN_URL = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s:/@'\"]{0,64}:(?P<value>[^\s/@'\"]{3,128})@[\w.-]"
)
_BEARER = re.compile(
    r"(?i)\b(?:authorization['\"]?\s?[:=]\s?['\"]?)?(?:bearer|basic"
    r"|token)\s(?P<value>[\w.~+/-]{16,}=*)"
)
_ANNOUNCED = re.compile(
    r"""(?ix)
    (?P<word>pass(?:w[oö]rt|word|wd|phrase|code)?|kennwort|geheimzahl|zugangscode|mots?\sde\spasse|mdp
       |contrase[ñn]a|clave|schl[üu]ssel|cl[ée]\s(?:api|wifi|secr[èe]te|priv[ée]e)|pwd|secret|token|credentials?|auth|(?:api|access|private|
       secret|account|signing|encryption|master|license|licence|deploy|service|session|app|bot)[\s_-]?key|(?:php|j)?sess(?:ion)?[_-]?id|key|pin)
    (?:[\w-]{0,24}|\s(?:for|of|to|f[üu]r|vom|von|zum|de|du|del|pour|para|wifi)\s[\w.'’\s-]{1,30}?|\swifi)['"\]]{0,2}
    (?:\s{0,4}(?:=>|:=|==|=|:)\s{0,4}|,?\s(?:is|was|are|to|as|ist|lautet|hei(?:ß|ss)t|est|c['’]est|es)(?:\snow|\sset\sto)?:?\s{1,2}|\s)
    ['"`(<]{0,2}(?P<value>[^\s'"`,;<>()\[\]{}]{4,256})"""
)
_HINT = re.compile(
    r"(?i)pass|pwd|sess|secret|token|key|auth|credential|bearer|basic |\bpin\b"
    r"|schl[üu]ssel|kennwort|geheimzahl|zugangscode|\bmdp\b|contrase|clave|\bcl[ée] "
)
_HINTS = ("pass", "pwd", "secret", "token", "key", "auth", "credential", "bearer", "basic ", "pin",
          "kennwort", "geheimzahl", "zugangscode", "mdp", "contrase", "clave")  # fmt: skip
_PLACEHOLDER = re.compile(
    r"(?ix)^(?:[$%<{*].*|x{3,}.*|\.{3,}.*|.*(?:example|placeholder|your[_-]|dummy|sample"
    r"|redacted|changeme|process\.env"
    r"|os\.environ|getenv|secrets\.|config\.|settings\.|env\.|vault:|todo|replace|insert"
    r"|12345678).*"
    r"|pass(?:word|wd)?|secret|token|postgres|root|admin|user|test|null|none|true|false)$"
)
_FILLED = re.compile(r"([xX*0])\1{11}")  # where a key would stand
_PUBLIC = re.compile(r"(?i)\b(?:public|öffentlich\w*|publique|públic[ao])[\s_-]$")
_PASSWORD = re.compile(
    r"(?i)^(?:pass|pwd|credential|pin|kenn|geheim|zugang|mot|mdp|contrase|clave|cl[ée] wifi)"
)
_SCRAMBLED = re.compile(  # ten characters without a break, capitals, small letters and digits
    r"(?=[a-z0-9]{0,64}[A-Z])(?=[A-Z0-9]{0,64}[a-z])(?=[A-Za-z]{0,64}\d)[A-Za-z0-9]{10}"
)
_NUMBERED_WORD = re.compile(r"(?i)[a-z]+(?:[-_.][a-z0-9]+)*[-_.]?v?\d{0,4}|v?\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Characters `start` to `end` look like a credential of this kind."""

    start: int
    end: int
    kind: str


def find_secrets(text: str) -> tuple[Secret, ...]:
    """The credentials in `text`, in order, none overlapping; linear in its length."""
    found: list[Secret] = []
    for secret in sorted(_candidates(text), key=lambda one: (one.start, -one.end)):
        if not found or secret.start >= found[-1].end:
            found.append(secret)
    return tuple(found)


def redact(text: str) -> str:
    """`text` with each credential replaced by `[secret: kind]`."""
    parts, at = [], 0
    for secret in find_secrets(text):
        parts += [text[at : secret.start], f"[secret: {secret.kind}]"]
        at = secret.end
    return "".join([*parts, text[at:]])


def _candidates(text: str) -> Iterator[Secret]:
    for long in _LONG.finditer(text):
        for match in _PREFIXED.finditer(text, long.start(), long.end()):
            if not _FILLED.search(match[0]):
                yield Secret(start=match.start(), end=match.end(), kind=match.lastgroup or "key")
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if "://" in text:
        for match in _IN_URL.finditer(text):
            if not _PLACEHOLDER.match(match["value"]):
                yield _value(match, "url_password")
    yield from _told(text)
    if _hints(text):
        for match in _BEARER.finditer(text):
            if _random(match["value"]) and not _PLACEHOLDER.match(match["value"]):
                yield _value(match, "bearer")
        yield from _announced(text)


def _hints(text: str) -> bool:
    """Whether a word of secrecy stands in it; in ASCII that is soon denied, and mostly is."""
    if text.isascii():
        lower = text.lower()
        if not any(hint in lower for hint in _HINTS):
            return False
    return _HINT.search(text) is not None


def _announced(text: str) -> Iterator[Secret]:
    """What stands beside a word of secrecy; a second such word may stand in its place: "my token
    is api_key: …"."""
    at = 0
    while match := _ANNOUNCED.search(text, at):
        public = _PUBLIC.search(text, max(0, match.start() - 16), match.start())
        if not public and _is_secret(match["word"], match["value"].rstrip(".!?:")):
            kind = "password" if _PASSWORD.match(match["word"]) else "token"
            begun, value = match.start("value"), match["value"].rstrip(".:")  # of the sentence
            yield Secret(start=begun, end=begun + len(value), kind=kind)
            at = match.end()
        else:
            at = match.end("word")


def _told(text: str) -> Iterator[Secret]:
    """What the owner's own words announce, whatever its shape."""
    for told in told_credentials(text):
        if not _PLACEHOLDER.match(text[told.start : told.end]):
            yield Secret(start=told.start, end=told.end, kind=told.kind)


def _private_keys(text: str) -> Iterator[Secret]:
    at = 0
    while begun := _PRIVATE_KEY.search(text, at):
        ended = _PRIVATE_KEY_END.search(text, begun.end())
        at = ended.end() if ended else len(text)
        yield Secret(start=begun.start(), end=at, kind="private_key")


def _value(match: re.Match[str], kind: str) -> Secret:
    return Secret(start=match.start("value"), end=match.end("value"), kind=kind)


def _is_secret(word: str, value: str) -> bool:
    """Whether what stands beside a word of secrecy is random enough; passwords need less."""
    if _PLACEHOLDER.match(value) or "://" in value or value.startswith(("/", "./", "~/", "--")):
        return False
    if _PASSWORD.match(word):
        mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
        marked = any(map(str.isalpha, value)) and any(sign in value for sign in "!@#$%^&*")
        numeric = value.isdigit() and len(value) >= 4 and word.lower().startswith("pin")
        return numeric or ((mixed or marked) and len(value) >= 6)
    return _random(value)


def _random(value: str) -> bool:
    """Entropy of at least 3 bits a character over 16 characters, of letters and digits mixed."""
    if (
        len(value) < 16
        or (_NUMBERED_WORD.fullmatch(value) and not _SCRAMBLED.search(value))
        or value.count("/") > len(value) / 8
    ):
        return False
    if not (any(map(str.isdigit, value)) and any(map(str.isalpha, value))):
        return len(value) >= 32 and _entropy(value) >= 4.0
    return _entropy(value) >= 3.0


def _entropy(value: str) -> float:
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in Counter(value).values())
