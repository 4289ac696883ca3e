"""Spans: stretches of a message that its own marks set apart, such as fences, tags and quotes."""

import re
from collections.abc import Callable, Iterator

_OWN = re.compile(r"<(mindhold[\w:.-]{0,80})[^<>]{0,200}>")
_OWN_END = re.compile(r"</mindhold[\w:.-]{0,80}>")
_FENCE = re.compile(r"^[ \t]{0,8}(?:[-*>] {1,3})?(`{3,}|~{3,})[^\n`]{0,200}$", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,40})([^<>]{0,200})>")
_OUR_WORDS = frozenset(
    {"user_input", "user_message", "user_query", "user_request", "question", "feedback"}
)
"""Wrappers that clients put around what the person typed: the markup is theirs, the inside not."""
_FORMATTING = frozenset({"a", "b", "br", "code", "em", "i", "kbd", "p", "s", "span", "strong", "u"})
_FOREIGN = re.compile(
    r"(?i)^(?:system|environment|context|env|doc|file|instruction|tool|function|result|search|page"
    r"|web|retriev|source|article|mail|email|attachment|output|memory|memories|assistant|message)"
)

_INLINE = re.compile(
    r"(?P<inline>(?<!`)`[^`\n]{1,400}`(?!`)|(?<!`)``[^\n]{1,400}?``(?!`))"
    r"|(?P<paste>\b[a-z][a-z+.-]{1,15}://[^\s<>\"]{1,2000}|\b(?:0x)?[0-9a-f]{12,}\b(?![\w-]))"
    r"|(?P<json>\{\s{0,9}[\"'][\w .-]{1,60}[\"']\s{0,9}:[^\n]{0,2000}\})"
    r"|(?P<quote>\"[^\"\n]{3,1500}\"|“[^”\n]{3,1500}”|„[^“”\n]{3,1500}[“”]|«[^»\n]{3,1500}»)"
)
_REPORTED = re.compile(
    r"(?i)\b(?:sa(?:id|ys|ying)|wrote|writes?|told|tells|asked|asks|claims?|claimed|reads?|states?"
    r"|replied|answer(?:ed|s)|suggests?|suggested|recommends?|recommended|according to|quote[ds]?"
    r"|prompt|message|comment|line|sentence|phrase)\b[^.!?\n]{0,40}$"
)
_WORKED_ON = re.compile(
    r"(?im)^\W{0,4}(?:(?:please|can you|could you|now|then|help me|i need you to|also)[, ]+){0,3}"
    r"(?:translate|proof-?read|rephrase|paraphrase|summari[sz]e|shorten|reword|rewrite"
    r"|polish|correct"
    r"|fix|check|improve|edit|analy[sz]e|classify|explain|review|reply to|respond to)\b"
    r"[^\n:\"`]{0,60}:[ \t]*"
)


_MANY = 4_000  # fences after which nobody typed the rest


def own_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Blocks that a mindhold wrote; one that is never closed runs to the end."""
    at = 0
    while opened := _OWN.search(text, at):
        closing = re.compile(re.escape(f"</{opened[1]}>")).search(text, opened.end())
        at = closing.end() if closing else len(text)
        yield opened.start(), at


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


def tagged_regions(text: str, free: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Elements that hold somebody else's text, and the bare markup of those that hold the user's.

    A tag with no end counts only where its name speaks of foreign text; then it runs to the end.
    """
    opened: dict[str, list[int]] = {}
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _FORMATTING or tag[3].endswith("/") or not free(tag.start()):
            continue
        if name in _OUR_WORDS:
            yield tag.span()
        elif not tag[1]:
            opened.setdefault(name, []).append(tag.start())
        elif starts := opened.pop(name, None):
            yield starts[0], tag.end()
    for name, starts in opened.items():
        if _FOREIGN.match(name):
            yield starts[0], len(text)


def inline_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Inline code, addresses, JSON and quotations inside the lines between two offsets.

    A quotation counts from six words, or from three after a word that announces it.
    """
    for given in _WORKED_ON.finditer(text, first, last):
        same_line = text[given.end() : given.end() + 1].strip()
        end = text.find("\n\n", given.end(), last) if same_line else -1
        yield given.end(), last if end < 0 else end, "quote"
    for span in _INLINE.finditer(text, first, last):
        kind = span.lastgroup or ""
        if kind == "quote":
            words = span[0].count(" ") + 1
            before = text[max(0, span.start() - 80) : span.start()]
            if words < 3 or (words < 6 and not _REPORTED.search(before)):
                continue
        yield span.start(), span.end(), "code" if kind == "json" else kind
