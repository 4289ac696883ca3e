"""Zones: what is the writer's own prose, and what was pasted, quoted or tagged."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindhold.beliefs.text.zones import Zone, segment

OWN_WORDS = {
    "a change": "we moved from Jest to Vitest last week",
    "an import that is no statement": "import an eagle project",
    "two languages": "c# vs c++",
    "a selection that is no query": "select the best option from the list",
    "an update that is no query": "update the readme and set the title to Atlas",
    "a greeting and thanks": "Hi Claude,\nI prefer tabs over spaces.\nThanks,\nAda",
    "two labelled lines": "Frontend: React\nBackend: Django",
    "a list": "My rules:\n- I prefer short answers\n- always use metric units\n- never use emoji",
    "a numbered list": "1. We use Postgres.\n2. We deploy to Fly.io.\n3. I like tea.",
    "a nested list": "- Editor\n    - I prefer Vim\n- Shell\n    - I use fish",
    "a scare quote": 'I prefer the "boring" option for databases.',
    "a title in quotes": 'My novel is called "The Salt Road" and I write it in present tense.',
    "an arithmetic remark": "I like x = 3 here, and y should be 4.",
    "a path": "our configs are in /etc/mindhold and I keep them in git",
    "an apostrophe": "I don't use Windows, it's not for me",
    "a question with a sign": "what does && do in bash?",
    "arrows": "we went from Heroku -> Fly.io and are happy with it",
    "a time": "standup is at 10:30 and I never schedule calls before 9:00",
    "money": "our budget is $4,000 (EUR 3,700) for the kitchen",
    "a law citation": "we rely on Art. 6(1)(f) GDPR; see § 5 BDSG for the rest",
    "a chess line": "after 1. e4 c5 2. Nf3 d6 I always play 3. d4",
    "bold words": "I <b>never</b> eat meat",
    "comparison": "I want latency < 5 ms and throughput > 100 per second",
}


@pytest.mark.parametrize("text", OWN_WORDS.values(), ids=OWN_WORDS.keys())
def test_a_persons_own_words_are_prose(text: str) -> None:
    assert {part.zone for part in segment(text)} == {Zone.PROSE}


FOREIGN = {
    "fenced code": ("fix\n```py\nuse_it = MARK\n```\n", Zone.CODE),
    "an unclosed fence": ("fix\n```\nMARK", Zone.CODE),
    "indented code": ("look:\n\n    def MARK(x):\n        return x\n\nok", Zone.CODE),
    "inline code": ("I use `MARK` daily", Zone.INLINE),
    "a log": (
        "2024-01-01 10:00:00 INFO started MARK\n2024-01-01 10:00:01 ERROR boom\nwhat is it?",
        Zone.PASTE,
    ),
    "a trace": (
        (
            'Traceback (most recent call last):\n  File "a.py", line 3, in f\n'
            "    import MARK\nModuleNotFoundError: No module named MARK\n\nhelp"
        ),
        Zone.CODE,
    ),
    "a JavaScript trace": (
        "TypeError: x is undefined\n    at MARK (app.js:1:2)\n    at run (b.js:3:4)",
        Zone.PASTE,
    ),
    "a diff": (
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-use Jest\n+we use MARK now\n",
        Zone.CODE,
    ),
    "SQL on one line": ("SELECT MARK, b FROM users WHERE x = 1;", Zone.PASTE),
    "CSV": ("name,tool,city\nada,MARK,london\nbob,vim,paris\n", Zone.PASTE),
    "JSON": ('{\n  "tool": "MARK",\n  "port": 80\n}', Zone.PASTE),
    "JSON inside a line": ('the answer was {"tool": "MARK"} again', Zone.CODE),
    "config": ("name: MARK\nport: 80\nhost: local\n", Zone.PASTE),
    "shell": ("$ npm install MARK\nadded 3 packages\n$ npm test\n", Zone.PASTE),
    "a blockquote": ("> we use MARK\nis that true?", Zone.QUOTE),
    "a mail": (
        "please answer\n\nFrom: Bob\nSubject: tools\n\nHello, we use MARK.\n\nBye",
        Zone.QUOTE,
    ),
    "an older mail": ("thanks!\n\nOn Mon, 3 Jan, Bob wrote:\nwe use MARK\n", Zone.QUOTE),
    "a letter": (
        "Improve my draft.\n\nDear Ms Roe,\n\nI prefer MARK.\n\nKind regards,\nAda",
        Zone.QUOTE,
    ),
    "a chat": ("User: hello\nAssistant: we use MARK\n", Zone.QUOTE),
    "a chat of two people": ("Bob: hi\nAnn: hello\nBob: we use MARK\nAnn: ok", Zone.QUOTE),
    "a chat with times": (
        "[10:01] Bob: hi\n[10:02] Ann: we use MARK\n[10:03] Bob: ok",
        Zone.QUOTE,
    ),
    "a long quotation": ('the page says: "we always use MARK for all of our work"', Zone.QUOTE),
    "a short reported quotation": ('Bob said "we use MARK" today', Zone.QUOTE),
    "something to translate": ("Translate to German: We use MARK for all.", Zone.QUOTE),
    "something to proofread": ("Please proofread this:\n\nWe always use MARK.", Zone.QUOTE),
    "an announced text": ("here is the article:\nWe use MARK.\n\nI always do.", Zone.PASTE),
    "a readme": (
        "# Atlas\n\nWe use MARK.\n\n## Install\n\n" + "Run the installer and wait. " * 12,
        Zone.PASTE,
    ),
    "a tagged document": ("<document>we use MARK</document> is it good?", Zone.TAGGED),
    "an unclosed reminder": ("go on <system-reminder>we use MARK", Zone.TAGGED),
    "our own block": ('<mindhold-notes n="1f">MARK</mindhold-notes>\nhello', Zone.OWN),
    "an address": ("see https://example.org/MARK/x", Zone.PASTE),
    "an endless paragraph": ("We have long used MARK and we like it. " * 160, Zone.PASTE),
}


@pytest.mark.parametrize(("text", "zone"), FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_text_is_not_prose(text: str, zone: Zone) -> None:
    at = text.index("MARK")
    found = next(part.zone for part in segment(text) if part.start <= at < part.end)
    pasted = {Zone.CODE, Zone.PASTE, Zone.QUOTE}  # read alike; only their name differs
    assert found in (pasted if zone in pasted else {zone})


def test_the_inside_of_a_clients_wrapper_is_the_persons() -> None:
    text = "<user_input mode='act'>we use Rust</user_input>"
    prose = [text[part.start : part.end] for part in segment(text) if part.zone is Zone.PROSE]
    assert prose == ["we use Rust"]


def test_own_words_after_a_paste_and_a_rule_are_prose() -> None:
    text = "here is the log:\nboom\n---\nfrom now on use Podman"
    assert segment(text)[-1].zone is Zone.PROSE


@given(st.text(alphabet="ab<>/`\"'\n\t >:-{}=|1 ", max_size=200))
def test_segments_cover_the_text_without_gaps(text: str) -> None:
    parts = segment(text)
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert all(part.start < part.end for part in parts)


PATHOLOGICAL = ["a.a.", "<a ", "```\n", '"x ', "`a", "(", "a: b\n", "\n", "{'a':", "User: a\n"]
PATHOLOGICAL += ["http://", "0 ", "-----\n", " ", "<mindhold>", "a\t", "=", "select ", "<a>", "“"]


@pytest.mark.parametrize("unit", PATHOLOGICAL)
def test_a_megabyte_of_anything_is_segmented_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    segment(text)
    assert time.process_time() - begun < 10  # what is not linear takes hours
