"""What a script is asked, by its arguments: [--stream] [--tools] URL API [MESSAGE].

Without a message each line of standard input is a turn of one conversation. A script runs in its
SDK's own environment: nothing of this project is there.
"""

import argparse
import sys
from collections.abc import Callable

_arguments = argparse.ArgumentParser()
_arguments.add_argument("url")
_arguments.add_argument("api")
_arguments.add_argument("message", nargs="?")
_arguments.add_argument("--stream", action="store_true")
_arguments.add_argument("--tools", action="store_true")
_asked = _arguments.parse_args()

URL: str = _asked.url
V1 = f"{URL}/v1"
API: str = _asked.api
STREAM: bool = _asked.stream
TOOLS: bool = _asked.tools
KEY = "sk-own"

CITY = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}


def weather(city: str) -> str:
    """The weather in a city."""
    return f"4 °C in {city}"


def talk(say: Callable[[str], str], *errors: type[Exception]) -> None:
    """Says each message and prints the answer on a line; an API error is printed, and the end."""
    for message in [_asked.message] if _asked.message else sys.stdin:
        try:
            sys.stdout.write(f"{say(message.strip())}\n")
            sys.stdout.flush()
        except errors as error:
            sys.exit(f"{type(error).__name__}: {error}")
