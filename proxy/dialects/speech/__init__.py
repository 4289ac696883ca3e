"""Speech: what the proxy says itself where a model would answer, in the wire format asked for."""
