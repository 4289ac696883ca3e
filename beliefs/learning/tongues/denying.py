"""Denying: how English denies, ends, and sets one thing against another."""

import re

NEGATION = re.compile(
    r"(?i)\b(?:no|not(?! (?:forget|only|lose|overlook|let me forget))|never(?! (?:forget|lose"
    r" sight))|none|nothing|neither|nor|without|cannot|no longer"
    r"|stop(?:ped)?"
    r"|avoid(?:s|ed)?|quit|against|refuse[sd]?|reject(?:s|ed)?|drop(?:ped)?|abandon(?:ed)?"
    r"|got rid of|ditched|retired|moved away|moved off|moving off|off|gave up|given up|cancell?ed"
    r"|sunset"
    r"|phased out|scrapped|decommissioned|dumped|uninstalled|done with"
    r"|hate[sd]?|dislike[sd]?|detest|can['’]?t"
    r"|\w+n['’]t(?! (?:forget|lose|overlook|let me forget))|(?:do|does|did|wo|is|are|was|have|has"
    r"|should|must)nt(?! (?:forget|lose))"
    r"|instead of|rather than|over|free of|(?<!n['’]t )(?<!dont )(?<!not )(?<!never )forget)\b"
)
CONTRAST = re.compile(
    r"(?i)\b(?:from|over|than|instead|rather|replac\w+|dropped|ditched|swapped|traded|favou?r"
    r"|left|abandoned|exchanged|gave up|given up|not"
    r"|moved|switched)\b"
)
