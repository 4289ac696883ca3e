"""Which clients are tried, and the matrix at the end; scripts/test-clients gives the options."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from real.client import Client
from real.matrix import DOCUMENT, Row, table, write
from real.person import Person, serving
from real.source import Installed, NotInstalled, cache
from real.trial import Trial
from upstream import Upstream

ROWS = pytest.StashKey[dict[str, Row]]()


def roster() -> list[Client]:
    """Every client that has a file in `clients`; a library has a row for each of its APIs."""
    files = sorted((Path(__file__).parent / "clients").glob("[!_]*.py"))
    modules = [importlib.import_module(f"real.clients.{file.stem}") for file in files]
    return [client for module in modules for client in _rows(module)]


def _rows(module: ModuleType) -> tuple[Client, ...]:
    return module.CLIENTS if hasattr(module, "CLIENTS") else (module.CLIENT,)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("clients")
    group.addoption("--client", action="append", default=[], help="only this one; repeatable")
    group.addoption("--newest", action="store_true", help="the newest of each, not versions.toml")
    group.addoption("--record", type=Path, help="keep what clients send directly, in DIR")
    group.addoption("--document", action="store_true", help="write the matrix into the docs")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "exchange(name): the column of the matrix")
    config.addinivalue_line("markers", "only(which): the clients that a test is about")
    config.stash[ROWS] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "client" not in metafunc.fixturenames:
        return
    wanted, known = metafunc.config.getoption("--client"), roster()
    names = {name for client in known for name in (client.name, client.library)}
    if strange := set(wanted) - names:
        raise pytest.UsageError(f"no such client: {', '.join(sorted(strange))}")
    chosen = [one for one in known if not wanted or {one.name, one.library} & set(wanted)]
    metafunc.parametrize("client", chosen, ids=lambda client: client.name, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if _concerns(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _concerns(item: pytest.Item) -> bool:
    """Whether a test is about its client."""
    only = item.get_closest_marker("only")
    return only is None or only.kwargs["which"](item.callspec.params["client"])


@pytest.fixture(scope="session")
def upstream() -> Iterator[Upstream]:
    """The provider of all clients."""
    with Upstream().running() as running:
        yield running


@pytest.fixture(scope="session")
def person(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """One proxy for all clients; each exchange keeps to a scope of its own."""
    with serving(tmp_path_factory.mktemp("person") / "mindhold", upstream) as me:
        yield me


@pytest.fixture(scope="session")
def installed(client: Client, pytestconfig: pytest.Config) -> Installed | NotInstalled:
    """The client on this machine, or why it is not."""
    newest = pytestconfig.getoption("--newest")
    place = cache() / ("newest" if newest else "tried") / (client.library or client.name)
    try:
        return client.source.install(place, newest=newest)
    except NotInstalled as absent:
        return absent


@pytest.fixture
def trial(
    request: pytest.FixtureRequest,
    client: Client,
    installed: Installed | NotInstalled,
    person: Person,
    tmp_path: Path,
) -> Trial:
    """The client with its proxy and its provider; skipped, loudly, where it cannot be tried."""
    row = request.config.stash[ROWS].setdefault(client.name, Row(name=client.name))
    exchange = request.node.get_closest_marker("exchange").args[0]
    if isinstance(installed, NotInstalled):
        row.notes["installation"] = str(installed)
        pytest.skip(f"LOUD: {client.name} was NOT tried: {installed}")
    row.version = installed.version
    row.notes |= {"version": installed.note} if installed.note else {}
    row.notes |= client.strays
    if exchange in client.cannot:
        row.notes[exchange] = client.cannot[exchange]
        pytest.skip(f"{client.name} has no {exchange}: {client.cannot[exchange]}")
    return Trial(
        client=client,
        installed=installed,
        person=person,
        place=tmp_path,
        recordings=request.config.getoption("--record"),
        paths=row.paths,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Each test's outcome, into its client's row."""
    report = yield
    marker = item.get_closest_marker("exchange")
    if marker and (report.when == "call" or report.outcome != "passed"):
        row = item.config.stash[ROWS][item.callspec.params["client"].name]
        row.results.setdefault(marker.args[0], []).append(report.outcome)
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash[ROWS]
    if not rows:
        return
    made = table(rows.values())
    terminalreporter.section("clients")
    terminalreporter.write_line(made)
    if config.getoption("--document"):
        write(made)
        terminalreporter.write_line(f"\nwritten into {DOCUMENT.name}")
