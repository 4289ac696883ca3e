"""The daemon's log: a file that rotates and never holds what a person or a model wrote."""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from mindhold.beliefs.errors import StoreMissing
from mindhold.beliefs.home import make_directory
from mindhold.proxy.current import REQUEST
from mindhold.proxy.settings import Log

NAME = "mindhold.log"
_BYTES = 5 << 20  # a file; three older ones are kept
_OURS = "mindhold"
_QUOTING = re.compile(r"[\n('\"<{\[=:]")  # what others' messages put in front of a value

log = logging.getLogger("mindhold.process")

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """One line a record; of an exception its type and where it was raised, never its words.

    Of other libraries' records only the first words are kept: what follows may quote a value.
    """

    def format(self, record: logging.LogRecord) -> str:
        """A line for people: when, how bad, of which request (- for none), and what."""
        at, level, message = self._parts(record)
        return f"{at} {level:<7} {_request(record) or '-'} {message}"

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's own name
        """The exception's type and the innermost place of it."""
        kind, _, trace = ei
        if kind is None:
            return ""
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        return f"{kind.__name__} at {where}"

    def _parts(self, record: logging.LogRecord) -> tuple[str, str, str]:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        message = record.getMessage()
        if not record.name.startswith(_OURS):
            message = _QUOTING.split(message.strip(), maxsplit=1)[0].strip()
        if record.exc_info:
            message += f": {self.formatException(record.exc_info)}"
        return at, record.levelname.lower(), message


class Json(Plain):
    """The same as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """A line for programs."""
        at, level, message = self._parts(record)
        line = {"at": at, "level": level, "logger": record.name, "request": _request(record)}
        return json.dumps(line | {"message": message}, ensure_ascii=False)


def configure(settings: Log, folder: Path, terminal: TextIO | None = sys.stderr) -> None:
    """Send this process's records to the file and, in the foreground, to the terminal.

    A disk that cannot be written costs the log, never a request.
    """
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [logging.StreamHandler(terminal)] if terminal else []
    try:
        make_directory(folder)
        handlers.append(RotatingFileHandler(folder / NAME, maxBytes=_BYTES, backupCount=3))
    except (OSError, StoreMissing):
        pass  # said by `doctor`
    formatter = Json() if settings.format == "json" else Plain()
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(handlers=handlers, level=logging.WARNING, force=True)
    logging.getLogger(_OURS).setLevel(settings.level.upper())


def tell_all() -> None:
    """Sends there as well what Python would print of warnings and of failures that nobody takes,
    with all its words."""
    logging.captureWarnings(capture=True)
    threading.excepthook = _ended
    sys.unraisablehook = _dropped


def _request(record: logging.LogRecord) -> str | None:
    """The id of the request that a record is about, as its X-Mindhold-Request told it."""
    return getattr(record, "request", "") or REQUEST.get() or None


def _ended(raised: threading.ExceptHookArgs) -> None:
    """An exception has ended a thread."""
    log.error("a thread has ended", exc_info=raised.exc_value)


def _dropped(raised: "sys.UnraisableHookArgs") -> None:
    """An exception could be raised nowhere: in a finaliser, say."""
    log.error("a failure that could not be told", exc_info=raised.exc_value)
