"""The call in flight: dialects, injection, relay, upstreams, credentials."""
