"""The log: one row for every call that memory could have served."""

from serving import serving
from upstream import Upstream, answer
from wire.corpus import ask
from wire.exchange import exchange

from mindhold.beliefs import requests
from mindhold.beliefs.store import Store
from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Settings


def test_a_call_that_memory_cannot_read_has_its_row_in_the_log_all_the_same(
    settings: Settings, upstream: Upstream
) -> None:
    with serving(create_app(settings)) as served:
        upstream.script(answer(b"{}", status=b"400 Bad Request"))
        body, scope = b'{"model": "m", "messages": []} and more', b"X-Mindhold-Scope: project:a"
        exchange(served.port, ask(body, scope))
    with Store.open(settings.home) as store:
        row = requests.get(store.database)
    assert (row.memory, row.status) == ("bypass; reason=body not readable", 400)
    assert (row.scopes, row.origin, row.query) == (("project:a",), "header", None)
