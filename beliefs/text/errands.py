"""Errands: what a client wants of a model for itself, in no person's name.

A title, tags, the next line of code, a summary to go on with. Few clients are known by their very
words; most by what an errand must say: what to make, of which talk, and that nothing else is to
come back. A person who wants a title for a book says the first of these only.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice

from mindhold.beliefs.text.phrases import phrases


class Errand(StrEnum):
    """What a client wants done for itself.

    ASIDE: a title, tags, a completion: a conversation of its own, of which memory stays out.
    COMPACTION: a summary of this conversation, to go on with: it carries what it carried.
    """

    ASIDE = "aside"
    COMPACTION = "compaction"


_HEAD, _TAIL = 1_600, 900  # characters of a text that are looked at; what lies between is material
_ROLE = 420  # characters in which a system prompt says what it is for
_NEAR = 320  # characters around a job, in which its terms stand
_BESIDE = 90  # characters after it, in which a role says of which talk
_MANY = 6  # jobs in one part that are looked at
_BARE = 150  # characters of a text that is nothing but a wish

_SENTENCE = r"[^.!?。\n]"
_STOPS = "\n.!?;。"
_COMMIT = r"\b(?:commit messages?|pull request (?:titles?|descriptions?))\b"
_JOB = re.compile(
    rf"{phrases('errand makes')}{_SENTENCE}{{0,120}}?(?:{phrases('errand label')}|(?i:{_COMMIT}))"
    r"(?! (?:page|card|tag)\b)"
    rf"|{phrases('errand label')} ?(?i:generat\w+|assistant)|(?:タイトル|題名)を(?:生成|作成|出力)"
    r"|(?i:\b(?:name|benenne|nomme|nombra) (?:this|the|diesen|das|cette|la|este|esta)"
    r" (?:chat|conversation|thread|gespräch|discussion|conversación)\b)"
    rf"|(?i:\b(?:classif\w+|categori[sz]e|label|detect|(?:analy[sz]e|determine|decide|identify))\b"
    rf"{_SENTENCE}{{0,80}}?\b(?:user['’]?s?|this|following|preceding|conversation) [\w ]{{0,12}}"
    r"(?:messages?|prompts?|quer(?:y|ies)|response|history)\b)"
)
_ALONE = re.compile(
    rf"(?i)\b(?:rephras|reformulat|rewrit|formulat)\w*\b{_SENTENCE}{{0,90}}"
    r"\b(?:stand-?alone|self-contained) (?:search )?(?:question|query)\b"
)
_CHANGES = re.compile(rf"(?i){_COMMIT}")
_DIFF = re.compile(r"(?im)^(?:```)?diff\b|^@@ -|^[-+]{3} [ab]/|\bcode changes:|\bset of changes\b")
_TALK = re.compile(phrases("errand talk"))
_TERMS = re.compile(phrases("errand terms"))
_SUMS = re.compile(phrases("errand sums"))
_ONWARD = re.compile(phrases("errand onward"))
_SO_FAR = re.compile(phrases("errand so far"))
_WRITER = re.compile(
    r"(?i)\W*you (?:are [^.!?\n]{0,120}\b)?(?:(?:generat|writ)\w+|come up with|crafting)\b"
    rf"[^.!?\n]{{0,80}}{_COMMIT}"
)
_SUMMARISER = re.compile(
    r"(?i)<explicit_instructions type=.(?:summarize|condense)|\bcontext checkpoint compaction\b"
    r"|\bhandoff summary for another\b|\bcontext-aware state summary\b|\bcontext summari[sz]ation\b"
    r"|\byou compress chat histor\w+|(?:\*briefly\*"
    r"|\b(?:tasked with|you are|(?:assistant|component) (?:that|which)|job is to))"
    r" (?:summari[sz]|condens|compact)\w*"
    r" (?:a |the |this |partial |long |internal |history of |previous |messages in )*"
    r"(?:conversation|chat|dialog|discussion)"
)
_YOU_ARE = re.compile(r"(?i)\W*you (?:are|need to)\b")
_PERSON = re.compile(
    r"(?i)\b(?:i|i['’](?:m|ve|d|ll)|my|mine|we|ich|mein\w*|mir|mich|wir|je|mon|ma|mes|moi|nous|yo|mi"
    r"|mis|nosotros|usamos|prefiero)\b|\bj['’]"
)
_PROGRAM = re.compile(
    r"(?i)\b(?:scripts?|functions?|fonction|función|funktion|endpoints?|routes?|rutas?|class|classes"
    r"|methods?|components?|tests?|implement\w*|fix|add|ajoute|añade|database|code|app)\b"
)  # who builds an app has such errands written
_TRANSCRIPT = re.compile(
    r"(?i)<(?:chat[_ ]history|conversation|messages|transcript)>|\bchat history:\s"
)

_OF_JOBS = (
    "titl", "titel", "titre", "título", "überschrift", "topic", "subject line", "tags", "emoji",
    "branch", "commit", "pull request", "follow-up", "followup", "suggest", "question", "quer",
    "name", "label", "repl", "what the user", "what a user", "that the user", "that a user", "fact",
    "memories", "entit", "pieces of", "recap", "reusable", "description of", "classif", "categor",
    "detect", "analy", "determine", "decide", "identif", "schlagw", "suchanfr", "anschlussf",
    "étiquette", "etiqueta", "requête", "consulta", "pregunta", "nomme", "nombra", "search term",
    "标题", "主题", "标签", "タイトル", "題名",
)  # fmt: skip
_OF_CHANGES = ("commit", "pull request")
_OF_QUESTIONS = ("standalone", "stand-alone", "self-contained")
_OF_SUMMARIES = (
    "summar", "condens", "compact", "compress", "recap", "handoff", "distil", "context",
    "continuing", "zusammen", "fass", "résum", "synth", "resum",
    "总结", "概括", "摘要", "要約", "まとめ",
)  # fmt: skip
_ANSWERS = re.compile(r"(?i)\s*+#{2,3} Task:\s+Respond to the user query using the provided")
_TASK = re.compile(r"(?i)\s*+#{2,3} Task:[ \t]*\n")
_TASK_OF = re.compile(r"(?i)<chat_history>|^#{2,3} Output:|<type>", re.M)
_GAP = re.compile(
    r"\s*+(?:<(?:[|｜]|)(?:fim[_▁-]?(?:prefix|begin)|(?:code_)?prefix|repo_name|file_sep)(?:[|｜]|)>"
    r"|<PRE>|\[(?:PREFIX|SUFFIX)\]|\+{5} \S)"
)
_GAP_ENDS = re.compile(
    r"<(?:[|｜]|)(?:fim[_▁-]?(?:suffix|hole|middle|end)|(?:code_)?suffix)(?:[|｜]|)>|<(?:SUF|MID)>"
    r"|\[(?:PREFIX|SUFFIX)\]"
)
_SIGNS = re.compile(
    r"(?i)\s*+(?:### Task: note what the user's words teach\.|<policy_spec>"
    r"|\[(?:suggestion|autocomplete) mode\b|web page content:\s+---"
    r"|perform a web search for the query:|(?:quota|warmup)\s*$|you are a hole filler\b"
    r"|(?:complete|fill in) the (?:code|text) (?:at|between) <|original code:\s+```"
    r"|you are an? (?:code )?auto-?complet\w+"
    r"|you are (?:now )?(?:acting as |performing )?(?:an? |the )?(?:[\w-]+ ){0,3}"
    r"memory (?:writing|manager|extraction|consolidation|management|dream)\b"
    r"|generate an enhanced version of this prompt \(reply"
    r"|your task is to reflect the speaker['’]s likely facial expression"
    r"|available tools: |extract any file paths that this command reads)"
)


def errand(text: str, system: str = "") -> Errand | None:
    """What a client wants for itself, by the newest user text and the system prompt; None: nothing.

    Looks at the ends of both only, so that it costs the same whatever their length.
    """
    role = system[:_ROLE]
    opening, end = text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :]
    if _ANSWERS.match(opening):
        return None
    if _sums_up(role, opening) or _sums_up("", end):
        return Errand.COMPACTION
    if _completes(text) or _SIGNS.match(opening) or _SIGNS.match(role):
        return Errand.ASIDE
    if (task := _TASK.match(opening)) and (
        _TASK_OF.search(opening + end) or _JOB.match(opening, task.end())
    ):
        return Errand.ASIDE
    if _labels(role, system[:_HEAD]) or any(_asks(part) for part in (opening, end)):
        return Errand.ASIDE
    return None


def _sums_up(role: str, part: str) -> bool:
    """Whether a talk is to be summed up so that it can go on."""
    for begun in (role, part[:_BARE]):
        if any(_found(_SUMMARISER, begun, _OF_SUMMARIES)):
            return True
    return _sums(role) or _sums(part)


def _sums(part: str) -> bool:
    bare = len(part) < _BARE and len(part.strip(" \n.:").split(". ")) == 1
    for found in _found(_SUMS, part, _OF_SUMMARIES):
        sentence, around = _sentence(part, found), _around(part, found)
        onward = _ONWARD.search(around) or (bare and _SO_FAR.search(sentence))
        if onward and _TALK.search(around) and not _PERSON.search(sentence):
            return True
    return False


def _labels(role: str, system: str) -> bool:
    """Whether a system prompt makes whatever the user says material for a label."""
    if any(_found(_WRITER, role, _OF_CHANGES)):
        return bool(_TERMS.search(system))
    for found in _found(_JOB, role, _OF_JOBS):
        sentence = _sentence(role, found)
        beside = sentence + role[found.end() : found.end() + _BESIDE]
        closed = _TERMS.search(system) or _YOU_ARE.match(sentence)
        if closed and _TALK.search(beside) and not _CHANGES.search(found[0]):
            return True
    return any(_found(_ALONE, role, _OF_QUESTIONS))


def _asks(part: str) -> bool:
    """Whether a label is asked for, of a talk or of changes to files, and nothing besides."""
    for found in _found(_JOB, part, _OF_JOBS):
        around, shown = _around(part, found), _TRANSCRIPT.search(_around(part, found))
        of = _DIFF.search(part) if _CHANGES.search(found[0]) else shown or _TALK.search(around)
        if of and (shown or _TERMS.search(around)) and not _of_a_person(part, found):
            return True
    if _WRITER.match(part):
        return bool(_TERMS.search(part))
    alone = list(_found(_ALONE, part, _OF_QUESTIONS))
    given = alone and (_TRANSCRIPT.search(part) or _TERMS.search(part))
    return any(given and not _of_a_person(part, one) for one in alone)


def _of_a_person(part: str, found: re.Match[str]) -> bool:
    """Whether who asks says something of themselves, has a program written, or only quotes."""
    if part[found.start() - 1 : found.start()] in {*'"“„«`'}:
        return True
    sentence, around = _sentence(part, found), _around(part, found)
    own = _PERSON.search(sentence) or _PROGRAM.search(sentence)
    return bool(own) or "system prompt" in around


def _found(pattern: re.Pattern[str], part: str, words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The first matches of a pattern, looked for where one of the words is that it cannot miss."""
    if part and any(map(part.lower().__contains__, words)):
        yield from islice(pattern.finditer(part), _MANY)


def _completes(text: str) -> bool:
    """Whether a model is to fill a gap: what stands before it, and after it, in its own marks."""
    return bool(_GAP.match(text, 0, _HEAD) and _GAP_ENDS.search(text))


def _sentence(part: str, found: re.Match[str]) -> str:
    """The sentence, or the line, in which a match stands."""
    start = max(part.rfind(mark, 0, found.start()) for mark in _STOPS) + 1
    ends = [end for mark in _STOPS if (end := part.find(mark, found.end())) >= 0]
    return part[start : min(ends, default=len(part))]


def _around(part: str, found: re.Match[str]) -> str:
    return part[max(0, found.start() - _NEAR) : found.end() + _NEAR]
