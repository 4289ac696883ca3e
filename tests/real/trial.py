"""One client under trial: the same task directly and through the proxy."""

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from provider.said import Asked, Said
from provider.said import Call as ToolCall
from provider.script import Provider
from real.client import CANARY, CANARY_FILE, Call, Client, Command, Desk, Task
from real.outcome import Outcome, path, run
from real.person import Person
from real.source import Installed
from real.talk import Talk, talking
from upstream import Script, Seen, Step, answer

SAID = "All right, noted: the hedgehog sleeps at 4 °C in Zürich 🌍."
Make = Callable[[], Script]  # a provider for each run: some have no time at first
NUMBERS = itertools.count(2)
# Words that would be learned if a person had said them: the client shows these by itself.
RULES = "We deploy with Kamal since 2024.\n"
READ = f"We moved from Postgres to SQLite 5 weeks ago. The word is {CANARY}.\n"


def says(asked: Asked) -> Said:
    """The words of a model; where a call is forced they are its arguments."""
    for tool in asked.tools:
        if tool.name == asked.forced:
            words = dict.fromkeys(tool.schema["properties"], SAID)
            return Said(calls=(ToolCall(name=tool.name, arguments=words),))
    return Said(text=SAID)


def calling(call: Call) -> Make:
    """Providers that make this call where they can, and speak when they have the result."""

    def choice(asked: Asked) -> Said:
        if asked.results or call.name not in {tool.name for tool in asked.tools}:
            return says(asked)
        return Said(calls=(ToolCall(name=call.name, arguments=dict(call.arguments)),))

    return lambda: Provider(choice=choice)


def speaking() -> Script:
    """A provider that only speaks."""
    return Provider(choice=says)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The client, and everything around it."""

    client: Client
    installed: Installed
    person: Person
    place: Path
    recordings: Path | None
    paths: set[str]  # that the client called, for the matrix

    def both(self, task: Task, provider: Make = speaking) -> Outcome:
        """What came of it through the proxy, once it is known to be what comes of it directly."""
        direct = self.directly(task, provider)
        proxied = self.proxied(task, self.scope(), provider)
        assert _fared(proxied) == _fared(direct), (
            f"directly:\n{direct.shown}\nthrough the proxy:\n{proxied.shown}"
        )
        return proxied

    def directly(self, task: Task, provider: Make = speaking) -> Outcome:
        """With the provider as the client's base URL."""
        outcome = self.at(self.desk(self.person.upstream.origin), task, provider)
        if self.recordings:
            _record(self.recordings / f"{self.client.name}-{self.installed.version}", outcome)
        return outcome

    def proxied(self, task: Task, scope: str, provider: Make = speaking) -> Outcome:
        """With the proxy as the client's base URL."""
        return self.at(self.desk(self.person.url(scope)), task, provider)

    def at(self, desk: Desk, task: Task, provider: Make = speaking) -> Outcome:
        """At a desk that other tasks may have been done at."""
        return self._run(self.client.command(desk, task), desk, provider)

    def told_by_run(self, desk: Desk, task: Task) -> Outcome:
        """Under `mindhold run`, which alone says where the proxy is."""
        bare = self.client.command(replace(desk, url=""), task)
        words = (sys.executable, "-P", "-m", "mindhold", "run", "--", *bare.words)
        environment = {**bare.environment, "MINDHOLD_HOME": str(self.person.home)}
        return self._run(replace(bare, words=words, environment=environment), desk, speaking)

    @contextmanager
    def talking(self, url: str, provider: Make) -> Iterator[Talk]:
        """A conversation with a library's script."""
        upstream = self.person.upstream
        upstream.default = _guarded(provider())
        with talking(self.client, self.desk(url), upstream) as talk:
            yield talk

    def scope(self) -> str:
        """A project that nobody has talked of."""
        return f"project:{re.sub(r'[^a-z0-9]+', '-', self.client.name.lower())}-{next(NUMBERS)}"

    def desk(self, url: str, scope: str = "") -> Desk:
        """A home and a repository that are new, the repository that of a project where one is."""
        place = self.place / str(next(NUMBERS))
        home, work = place / "home", place / "work"
        home.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", str(work)], check=True)
        if scope:
            origin = f"git@example.org:tried/{scope.removeprefix('project:')}.git"
            subprocess.run(["git", "-C", str(work), "remote", "add", "origin", origin], check=True)
        (work / "AGENTS.md").write_text(RULES)
        (work / CANARY_FILE).write_text(READ)
        return Desk(url=url, home=home, work=work, bin=self.installed.bin)

    def _run(self, command: Command, desk: Desk, provider: Make) -> Outcome:
        upstream = self.person.upstream
        upstream.default = _guarded(provider())
        outcome = run(self.client, command, desk, upstream)
        self.paths.update(map(path, outcome.asked))
        strayed = set(outcome.strayed) - set(self.client.strays)
        assert not strayed, f"{self.client.name} called {strayed}"
        return outcome


def _fared(outcome: Outcome) -> tuple[list[str], int, bool]:
    """What must be the same: the requests, the exit code, whether the whole answer was shown."""
    return outcome.calls, outcome.code, SAID in outcome.shown


def _guarded(script: Script) -> Script:
    """The provider; other hosts are refused, and so is a WebSocket: a script speaks none."""
    outside = [answer(b"Nothing leaves this machine.", status=b"403 Forbidden")]
    socket = [answer(b"HTTP here.", status=b"426 Upgrade Required")]

    def answered(seen: Seen) -> Iterable[Step]:
        if seen.method == b"CONNECT":
            return outside
        return socket if seen.header(b"upgrade") else script(seen)

    return answered


def _record(place: Path, outcome: Outcome) -> None:
    place.mkdir(parents=True, exist_ok=True)
    begun = len(list(place.iterdir()))
    for number, seen in enumerate(outcome.seen, begun):
        kept = {
            "request": f"{seen.method.decode()} {seen.target.decode()}",
            "headers": [[name.decode(), value.decode()] for name, value in seen.headers],
            "body": seen.body.decode(errors="replace"),
        }
        kept["body"] = json.loads(seen.body) if seen.body[:1] == b"{" else kept["body"]
        text = json.dumps(kept, indent=1, ensure_ascii=False)
        (place / f"{number:02}.json").write_text(text)
