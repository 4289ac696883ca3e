"""litellm: one interface to every provider."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("chat", "responses", "messages", "ollama")
# With tools it imports mcp, to try again tenacity: neither of which it installs.
SOURCE = Python("litellm", "mcp", "tenacity")
CLIENTS = scripted("litellm", SOURCE, "litellm_sdk.py", APIS)
