"""Current: the id of the request at work, for whoever writes a line of the log."""

from contextvars import ContextVar

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""Empty where no request is at work: on the threads behind them, at start and end."""
