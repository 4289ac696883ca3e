"""Process: what this process takes of the machine, under the names that Prometheus has for it."""

import os
import resource
import time
from contextlib import suppress
from pathlib import Path

from mindhold.proxy.metrics import Families, counter, gauge

_BEGAN = time.time()
_DESCRIPTORS, _MEMORY = Path("/dev/fd"), Path("/proc/self/statm")


def process() -> Families:
    """Its time, memory and descriptors; what this system does not tell is left out."""
    yield counter("process_cpu_seconds_total", time.process_time())
    yield gauge("process_start_time_seconds", _BEGAN)
    yield gauge("process_max_fds", resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    with suppress(OSError):
        yield gauge("process_open_fds", len(os.listdir(_DESCRIPTORS)) - 1)  # one to list them
    with suppress(OSError):
        pages = int(_MEMORY.read_text().split()[1])
        yield gauge("process_resident_memory_bytes", pages * os.sysconf("SC_PAGE_SIZE"))
