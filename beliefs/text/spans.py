"""Spans: stretches of a message that marks set apart: fences, tags, blocks of our own."""

import re
from collections.abc import Callable, Iterator

_OWN = re.compile(r"<(mindhold[\w:.-]{0,80})[^<>]{0,200}>")
_OWN_END = re.compile(r"</mindhold[\w:.-]{0,80}>")
_NOTE = re.compile(
    r"why_it_matters[\\\"'“”‘’„«»`′″」』\s]{0,4}[:：]"
    r"|\bkept\s+by\s+mindhold\b|\bnot\s+part\s+of\s+the\s+message\.|\buser's\s+message\s+wins\b"
    r"|\bwhy_it_matters\s+is\s+the\s+directive\b|\bexploratory\s+or\s+contested\s+is\s+unsettled\b"
)
_FENCE = re.compile(r"^[ \t]{0,8}(?:[-*>] {1,3})?(`{3,}|~{3,})[^\n`]{0,200}$", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,40})([^<>]{0,200})>")
_BRACKET = re.compile(
    r"^[-=#*~ \t]{0,12}(?P<side>BEGIN|START|END)(?: OF)? (?P<name>[A-Z][A-Z _]{1,40}?)"
    r"[-=#*~: \t]{0,12}$"
    r"|^\[(?P<closes>/|[Ee]nd )?(?P<label>[A-Za-z]{3,24})(?:[ :][^\[\]\n]{0,80})?\]:?[ \t]*$",
    re.MULTILINE,
)
_OUR_WORDS = frozenset(
    {
        "user_input",
        "user_message",
        "user_query",
        "user_request",
        "userrequest",
        "user_command",
        "command-args",
        "task",
        "question",
        "feedback",
    }
)
"""Wrappers that clients put around what the person typed: the markup is theirs, the inside not."""
_SHOWN = re.compile(r"[?:]\s*\Z")  # a person who asks about what follows shows the markup, too
_FORMATTING = frozenset({"a", "b", "br", "code", "em", "i", "kbd", "p", "s", "span", "strong", "u"})
_FOREIGN = re.compile(
    r"(?i)^(?:system|environment|context|env|doc|file|instruction|tool|function|result|search|page"
    r"|web|retriev|source|article|mail|email|attachment|output|memory|memories|assistant|message)"
)

_MANY = 4_000  # fences after which nobody typed the rest


def own_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Blocks that a mindhold wrote; one that is never closed runs to the end.

    Without its tags a note is still known by its key, in whatever quotation marks, and the header
    by its words: then it is the paragraph around that.
    """
    at = 0
    while opened := _OWN.search(text, at):
        closing = re.compile(re.escape(f"</{opened[1]}>")).search(text, opened.end())
        at = closing.end() if closing else len(text)
        yield opened.start(), at
    at = 0
    while key := _NOTE.search(text, at):
        start, end = text.rfind("\n\n", at, key.start()), text.find("\n\n", key.end())
        at = len(text) if end < 0 else end
        yield max(start, 0), at


def fences(text: str) -> Iterator[tuple[int, int]]:
    """Fenced code with its fences; an unclosed one runs to the end, as in CommonMark."""
    opened = None
    for count, fence in enumerate(_FENCE.finditer(text)):
        if opened is None:
            opened = fence
            if count > _MANY:
                break
        elif fence[1].startswith(opened[1]) and fence[0].strip() == fence[1]:
            yield opened.start(), fence.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """What stands between such lines as `BEGIN NOTES`, `END NOTES` or `[Item]`, `[End item]`."""
    opened: dict[str, int] = {}
    for line in _BRACKET.finditer(text):
        name = (line["name"] or line["label"]).upper()
        if line["side"] != "END" and not line["closes"]:
            opened.setdefault(name, line.start())
        elif (start := opened.pop(name, None)) is not None:
            yield start, line.end()


def shown(text: str, at: int) -> bool:
    """Whether a person asks about what begins at a character, so that its markup is shown."""
    return _SHOWN.search(text, max(0, at - 8), at) is not None


def tagged_regions(text: str, free: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Elements that hold somebody else's text, and the bare markup of those that hold the user's.

    A tag with no end counts only where its name speaks of foreign text, at the beginning of a line
    or as `system-reminder` does; then it runs to the end. `git add <file>` has none.
    """
    opened: dict[str, list[int]] = {}
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _FORMATTING or tag[3].endswith("/") or not free(tag.start()):
            continue
        if name in _OUR_WORDS and name not in opened and not shown(text, tag.start()):
            yield tag.span()
        elif not tag[1]:
            opened.setdefault(name, []).append(tag.start())
        elif starts := opened.pop(name, None):
            yield starts[0], tag.end()
    for name, starts in opened.items():
        at_line = text[starts[0] - 1 : starts[0]] in ("", "\n")
        if _FOREIGN.match(name) and (at_line or not name.isalpha()):
            yield starts[0], len(text)
