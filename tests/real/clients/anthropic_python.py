"""anthropic-python."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("messages", "cached")
CLIENTS = scripted("anthropic-python", Python("anthropic"), "anthropic_python.py", APIS)
