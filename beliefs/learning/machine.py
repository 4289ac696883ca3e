"""Machine: user messages that no person typed, known by how client programs begin them."""

import re

_BEGINNINGS = re.compile(
    r"(?i)\s*(?:#{2,3} Task:|# (?:AGENTS|CLAUDE)\.md|\[?Request interrupted|Caveat: The"
    r" messages below|\[(?:suggestion|autocomplete) mode"
    r"|<(?:environment_context|system-reminder|user_instructions|command-name|session"
    r"|conversation|summary|local-command|file)"
    r"|This session is being continued from|I spoke to you previously about|another"
    r" language model started to solve"
    r"|I have \*added these files|here are (?:summaries of some|the current contents of) "
    r"|here is a summary of (?:the|our) (?:conversation|session)"
    r"|(?:please )?(?:generate|create|write|provide|come up with|suggest|reply with|return"
    r"|make) (?:me )?(?:an? |the |only an? |only the )?"
    r"(?:(?:very|short|brief|concise|descriptive),? |\d[-–\d]* ?word )*(?:(?:chat"
    r"|conversation|thread|session) )?title\b(?! (?:page|tag|card|for my|for our))"
    r"|(?:please )?(?:generate|create) .{0,40}\b(?:tags|follow-?ups?|follow-up questions"
    r"|emoji)\b.{0,60}\b(?:chat|conversation|categori)"
    r"|(?:please )?(?:\*?briefly\*? )?(?:summari[sz]e|compact|condense) (?:the|this|our"
    r"|all) (?:(?:above|entire|previous|whole|following) )?(?:conversation|chat|discussion"
    r"|session|dialogue|thread|history|messages)"
    r"|(?:please )?provide an? (?:(?:detailed|concise|brief) )?(?:but \w+ )?(?:prompt for"
    r" continuing|summary of (?:the|our|this) (?:conversation|chat|session))"
    r"|your task is to (?:create|write|produce|generate) a .{0,40}summary"
    r"|(?:bitte )?(?:erstelle?|generiere?|schreibe?) (?:mir )?ein\w* .{0,40}titel .{0,30}(?:chat"
    r"|gespräch|unterhaltung|konversation)"
    r"|(?:génère|rédige|crée|propose)\w* un (?:\w+ )?titre .{0,40}(?:conversation|discussion)"
    r"|(?:genera|crea|escribe) un (?:\w+ )?título .{0,40}(?:conversación|chat)"
    r"|(?:fasse|résume|resume) (?:die|das|cette|la|esta) (?:bisherige |vorherige )?(?:unterhaltung"
    r"|gespräch|conversation|discussion|conversación)"
    r"|you are an? (?:title|tag|summary|autocomplet\w+|commit message) ?(?:generator"
    r"|generation|bot|assistant)?)"
)


def machine_made(text: str) -> bool:
    """Whether a client wrote this: a title, tag or summary request, a compaction, a file dump."""
    return bool(_BEGINNINGS.match(text))
