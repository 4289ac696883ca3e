"""Scope: which memory belongs to a request; the first source that says anything decides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.scope import parse_scopes, project_scopes
from mindhold.proxy.codex import Codex
from mindhold.proxy.errors import BadScope, ForbiddenScope
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.settings import Match, ScopeRule, Settings

_DIRECTORY = re.compile(
    r"^[ \t]*(?:(?:[-*]|\d{1,2}[.)])[ \t]+)?\*{0,2}"
    r"(?:(?:primary |current )?(?:working|workspace) directory|workspace (?:root folder|path))"
    r"\*{0,2}:\*{0,2}[ \t]*`?((?:/|[a-z]:[\\/])[^\n\r`<>]*)",
    re.I | re.M,
)
_CWD = re.compile(
    r"<environment_context>(?:(?!</environment_context>)[\s\S]){0,2000}?<cwd>([^<\n]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a request says about its scopes, by source; None: nothing."""

    header: str | None = None
    path: str | None = None
    token: tuple[str, ...] | None = None
    metadata: object = None
    codex: Codex = Codex()  # noqa: RUF009 - a frozen value
    system_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """The scopes of a request and where they came from."""

    scopes: tuple[str, ...]
    origin: str


def decide(
    given: Given, rule: ScopeRule | None, settings: Settings, projects: KnownProjects
) -> Scoped:
    """The scopes of a request; `rule` is the first config rule for it that names any.

    Raises `BadScope` for whatever the client wrote and we cannot read, though another source
    came first; `ForbiddenScope` for a scope that the token does not have.
    """
    told = (
        ("header", _told(given.header, "the X-Mindhold-Scope header")),
        ("path", _told(given.path, "the URL path")),
        ("token", given.token),
        ("metadata", _told(given.metadata, "metadata.mindhold_scope")),
    )
    for origin, scopes in told:
        if scopes:
            _limit(scopes, given.token)
            return Scoped(scopes=scopes, origin=origin)
    if project := _revealed(given, projects):
        return Scoped(scopes=project_scopes(project), origin="prompt")
    if rule:
        return Scoped(scopes=rule.scopes, origin="rule")
    return Scoped(scopes=parse_scopes(settings.default_scope), origin="default")


def commanded(scoped: Scoped, scopes: tuple[str, ...] | None) -> Scoped:
    """What `!scope` makes of it: it goes before everything but a header and the URL."""
    if not scopes or scoped.origin in ("header", "path"):
        return scoped
    return Scoped(scopes=scopes, origin="command")


def working_directory(system_text: str) -> str | None:
    """The working directory that a coding agent's system text names; the first one only."""
    matches = (_DIRECTORY.search(system_text), _CWD.search(system_text))
    first = min(
        (match for match in matches if match), key=lambda match: match.start(), default=None
    )
    return (first[1].strip().rstrip("/\\") or None) if first else None


def matching(
    rules: tuple[ScopeRule, ...], client: str, path: str, model: str | None
) -> Iterator[ScopeRule]:
    """The config rules that fit this request, in order."""
    for rule in rules:
        if _fits(rule.match, client, path, model or ""):
            yield rule


def _fits(match: Match, client: str, path: str, model: str) -> bool:
    wanted = ((match.client, client), (match.path, path), (match.model, model))
    return all(glob is None or fnmatchcase(value, glob) for glob, value in wanted)


def _told(value: object, where: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ",".join(value)
    if not isinstance(value, str):
        raise BadScope(f"No scope can be read from {where}: write text, as in project:my-app.")
    try:
        return parse_scopes(value)
    except Invalid as error:
        raise BadScope(f"No scope can be read from {where}. {error}") from error


def _limit(scopes: tuple[str, ...], token: tuple[str, ...] | None) -> None:
    if token is not None and (outside := [scope for scope in scopes if scope not in token]):
        raise ForbiddenScope(f"This access token does not reach {', '.join(outside)}.")


def _revealed(given: Given, projects: KnownProjects) -> str | None:
    """The project that the client's own header or prompt gives away; odd ones say nothing."""
    codex = given.codex
    if slug := codex.origin and projects.of_origin(codex.origin):
        return slug
    directory = codex.directory or working_directory(given.system_text)
    return projects.of_directory(directory) if directory else None
