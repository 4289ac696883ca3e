"""A real client: how it is installed, how it is given a message, what it can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from real.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where one exchange happens: a home and a repository that nothing has used before."""

    url: str  # without /v1, with a scope's path; empty where the environment is to tell the client
    home: Path
    work: Path
    bin: Path  # the client's own programs: of its venv, or of its node_modules

    @property
    def v1(self) -> str:
        """The base URL as OpenAI's clients want it."""
        return f"{self.url}/v1"

    def write(self, name: str, text: str) -> Path:
        """A file in the home, its directories made."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a person wants of the client; `again`: in the conversation that this desk had last.

    A client that always streams takes no note of `stream`.
    """

    message: str
    stream: bool = True
    tools: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program to run in the desk's repository; `environment` is what it needs beyond HOME."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A tool call that the model makes; `result`: words of what the client then sends back."""

    name: str
    arguments: Mapping[str, object]
    result: str


WEATHER = Call(name="weather", arguments={"city": "Bern"}, result="4 °C")  # what scripts offer
CANARY = "kingfisher"  # stands in a file of every desk's repository: reading it is a tool round
CANARY_FILE = "canary.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One row of the matrix.

    `also`: exchanges of agents that it takes part in: "resumed", "project", "run". `cannot` says
    of an exchange why this client has none; `reads` makes the answer that a person
    sees of what the program prints; `strays` says of a host that it calls whatever its settings
    say (it meets the fence) what it wants there. Rows that name one `library` share its
    installation.
    """

    name: str
    source: Source
    command: Callable[[Desk, Task], Command]
    call: Call | None = None
    also: frozenset[str] = frozenset()
    cannot: Mapping[str, str] = field(default_factory=dict)
    strays: Mapping[str, str] = field(default_factory=dict)
    reads: Callable[[str], str] = str
    library: str = ""
