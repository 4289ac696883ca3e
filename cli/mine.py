"""`mindhold eval retrieval --mine`: the owner's own probes, asked of what is held now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.text import Text

from mindhold.beliefs import probes
from mindhold.beliefs.home import begun
from mindhold.beliefs.model import Belief
from mindhold.beliefs.probes import Probe
from mindhold.beliefs.store import Store
from mindhold.cli.absence import absence
from mindhold.cli.opened import changing, owning, reading
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.recall import brought
from mindhold.cli.screen import answer, aside, plain
from mindhold.cli.terminal import data
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import INDEX, Recall

_SIGNS = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "dim")}
_SHOWN = 60  # characters of a message
_NONE = "No probe yet: mindhold why --wrong ID, or --missing ID, keeps a message as one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of a probe: `passed` None where its belief is no longer held; `why` in words."""

    probe: Probe
    name: str
    passed: bool | None
    why: str


def mine(*, json: bool) -> bool:
    """Asks every probe of the store as it is; whether all that could be asked came out right."""
    places = Places.find()
    found: list[Asked] = []
    if begun(places.home):
        with reading(places) as store:
            found = list(_asked(store, places))
    if json:
        data([_described(one) for one in found])
    else:
        _print(found)
    return not any(one.passed is False for one in found)


def drop(reference: str) -> None:
    """Lets go of one of them; raises `NotFound`."""
    with owning() as store, changing(store) as write:
        gone = probes.drop(write.connection, reference)
    answer().print(f"Dropped probe {gone.id}.")


def _asked(store: Store, places: Places) -> Iterator[Asked]:
    now = datetime.now(UTC).astimezone(local_zone(places))
    mode = places.settings().retrieval_mode
    with Recall(store, directory=places.home / INDEX, mode=mode, writes=False) as recall:
        for probe in probes.read(store.database):
            query = Query(
                text=probe.text, scopes=probe.scopes, user=probe.user, agent=probe.agent, now=now
            )
            yield _judged(store, probe, query, recall.recall(query))


def _judged(store: Store, probe: Probe, query: Query, recalled: Recalled) -> Asked:
    belief = _heir(store, probe.belief)
    if belief is None or not belief.live:
        name = belief.canonical_name if belief else probe.belief
        return Asked(probe=probe, name=name, passed=None, why="no longer held")
    reason = absence(store, belief, query, recalled)
    why = f"{reason.said} [{reason.rule}]" if reason else brought(recalled, belief.id) or ""
    passed = probe.due is (reason is None)
    return Asked(probe=probe, name=belief.canonical_name, passed=passed, why=why)


def _heir(store: Store, id: str) -> Belief | None:
    """The belief, or what has taken its place since."""
    belief = store.many([id]).get(id)
    while belief and belief.superseded_by:
        belief = store.many([belief.superseded_by]).get(belief.superseded_by)
    return belief


def _described(one: Asked) -> dict[str, object]:
    return {**probes.to_json(one.probe), "name": one.name, "passed": one.passed, "why": one.why}


def _print(found: Sequence[Asked]) -> None:
    if not found:
        aside().print(_NONE, soft_wrap=True)
        return
    console = answer()
    for one in found:
        sign, colour = _SIGNS[one.passed]
        belongs = "belongs to" if one.probe.due else "must stay out of"
        line = f"{one.name} {belongs} “{_excerpt(one.probe.text)}”"
        id_ = (one.probe.id, "dim")
        console.print(Text.assemble((sign, colour), " ", plain(line), "  ", id_), soft_wrap=True)
        if not one.passed:
            console.print(Text(f"    {plain(one.why)}", style="dim"), soft_wrap=True)
    counts = Counter(one.passed for one in found)
    told = f"{len(found)} probe{'' if len(found) == 1 else 's'}: {counts[True]} as you judged, "
    told += f"{counts[False]} not"
    console.print(f"{told}, {counts[None]} no longer held." if counts[None] else f"{told}.")


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
