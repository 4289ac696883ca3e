"""instructor: every answer is the arguments of a tool that the model must call."""

from dataclasses import replace

from real.clients._scripted import scripted
from real.source import Python

ROWS = scripted("instructor", Python("instructor"), "instructor_sdk.py", ("chat", "responses"))
CLIENTS = tuple(replace(row, call=None, cannot={"tools": "its answers are calls"}) for row in ROWS)
