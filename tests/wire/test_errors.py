"""Our own errors: every lower error has a sentence, every sentence a shape."""

import json

import httpx
import pytest

from mindhold.proxy import errors
from mindhold.proxy.errors import ProxyError, body_of
from mindhold.proxy.failure import unreachable

# Raised by reading a response wrongly: a fault of ours, never of an upstream.
OURS = {"StreamError", "StreamConsumed", "StreamClosed", "ResponseNotRead", "RequestNotRead"}
# No cookie jar is kept, no redirect followed, no body decoded, no status raised.
NEVER = {"CookieConflict", "TooManyRedirects", "DecodingError", "HTTPStatusError"}
ABSTRACT = (httpx.HTTPError, httpx.RequestError, httpx.TransportError)


def of_httpx() -> list[type[Exception]]:
    named = (getattr(httpx, name) for name in httpx.__all__)
    found = [one for one in named if isinstance(one, type) and issubclass(one, Exception)]
    return [one for one in found if one.__name__ not in OURS | NEVER]


@pytest.mark.parametrize("kind", of_httpx())
def test_every_error_of_httpx_names_the_upstream_and_a_reason(kind: type[Exception]) -> None:
    told = unreachable("home", "https://example.net", kind("secret words"))
    assert told.status == 502
    assert str(told).startswith("Upstream home (https://example.net) ")
    assert "secret words" not in str(told)
    assert kind in ABSTRACT or not str(told).endswith("gave no answer.")


def kinds() -> list[type[ProxyError]]:
    return ProxyError.__subclasses__()


@pytest.mark.parametrize("kind", kinds())
def test_every_error_stands_in_the_tree_with_its_status(kind: type[ProxyError]) -> None:
    assert errors.__doc__
    assert f"{kind.__name__:<20}{kind.status}" in errors.__doc__


def test_the_shape_is_the_dialects_own() -> None:
    error = errors.BadScope("Not a scope.")
    openai = json.loads(body_of(error, "openai"))
    assert set(openai["error"]) == {"message", "type", "param", "code"}
    assert json.loads(body_of(error, "anthropic")) == {
        "type": "error",
        "error": {"type": "invalid_request_error", "message": "Not a scope."},
    }
    assert json.loads(body_of(error, "ollama")) == {"error": "Not a scope."}


def test_anthropics_shape_has_anthropics_own_words_for_what_happened() -> None:
    def told(error: ProxyError) -> object:
        return json.loads(body_of(error, "anthropic"))["error"]["type"]

    assert told(errors.NoToken("")) == "authentication_error"
    assert told(errors.NoModel("")) == "not_found_error"
    assert told(errors.Unreachable("")) == told(errors.KeyMissing("")) == "api_error"
