"""litellm: one interface to every provider."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("chat", "responses", "messages", "ollama")
# With tools it imports mcp, which it does not install.
CLIENTS = scripted("litellm", Python("litellm", "mcp"), "litellm_sdk.py", APIS)
