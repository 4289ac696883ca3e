"""Machine: what client programs send beside a person's words, known by how they write it."""

import re
from enum import StrEnum


class Errand(StrEnum):
    """What a client wants done for itself.

    ASIDE: a title, tags, a completion: a conversation of its own, of which memory stays out.
    COMPACTION: a summary of this conversation, to go on with: it carries what it carried.
    """

    ASIDE = "aside"
    COMPACTION = "compaction"


_FURNITURE = re.compile(
    r"(?i)\s*(?:# (?:AGENTS|CLAUDE)\.md|\[?Request interrupted|Caveat: The messages below"
    r"|<(?:environment_context|environment_details|system-reminder|user_instructions|turn_aborted"
    r"|command-name|command-message|session|conversation|summary|local-command|file)\b"
    r"|This session is being continued from|I spoke to you previously about|another"
    r" language model started to solve"
    r"|I have \*added these files|here are (?:summaries of some|the current contents of) "
    r"|here is a summary of (?:the|our) (?:conversation|session))"
)
_ASIDE = re.compile(
    r"(?i)\s*(?:#{2,3} Task:|\[(?:suggestion|autocomplete) mode"
    r"|(?:please )?(?:generate|create|write|provide|come up with|suggest|reply with|return"
    r"|make) (?:me )?(?:an? |the |only an? |only the )?"
    r"(?:(?:very|short|brief|concise|descriptive),? |\d[-–\d]* ?word )*(?:(?:chat"
    r"|conversation|thread|session) )?title\b(?! (?:page|tag|card|for my|for our))"
    r"|(?:please )?(?:generate|create) .{0,40}\b(?:tags|follow-?ups?|follow-up questions"
    r"|emoji)\b.{0,60}\b(?:chat|conversation|categori)"
    r"|(?:bitte )?(?:erstelle?|generiere?|schreibe?) (?:mir )?ein\w* .{0,40}titel .{0,30}(?:chat"
    r"|gespräch|unterhaltung|konversation)"
    r"|(?:génère|rédige|crée|propose)\w* un (?:\w+ )?titre .{0,40}(?:conversation|discussion)"
    r"|(?:genera|crea|escribe) un (?:\w+ )?título .{0,40}(?:conversación|chat)"
    r"|you are an? (?:title|tag|summary|autocomplet\w+|commit message) ?(?:generator"
    r"|generation|bot|assistant)?)"
)
_COMPACTION = re.compile(
    r"(?i)\s*(?:(?:please )?(?:\*?briefly\*? )?(?:summari[sz]e|compact|condense) (?:the|this|our"
    r"|all) (?:(?:above|entire|previous|whole|following) )?(?:conversation|chat|discussion"
    r"|session|dialogue|thread|history|messages)"
    r"|(?:please )?provide an? (?:(?:detailed|concise|brief) )?(?:but \w+ )?(?:prompt for"
    r" continuing|summary of (?:the|our|this) (?:conversation|chat|session))"
    r"|your task is to (?:create|write|produce|generate) a .{0,40}summary"
    r"|(?:fasse|résume|resume) (?:die|das|cette|la|esta) (?:bisherige |vorherige )?(?:unterhaltung"
    r"|gespräch|conversation|discussion|conversación))"
)


def furniture(text: str) -> bool:
    """Whether a whole user message, or a whole text part of one, is a client's about the work.

    A note on the surroundings, a dump of files, a summary put in the place of what was said: no
    turn of the user's.
    """
    return bool(_FURNITURE.match(text))


def errand(text: str, system: str = "") -> Errand | None:
    """What a client wants for itself: the newest user text, and what the system prompt says."""
    if _ASIDE.match(text) or _ASIDE.match(system):
        return Errand.ASIDE
    return Errand.COMPACTION if _COMPACTION.match(text) else None


def machine_made(text: str) -> bool:
    """Whether no person wrote this text, and nothing is to be learned from it."""
    return furniture(text) or errand(text) is not None
