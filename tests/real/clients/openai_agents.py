"""openai-agents."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("responses", "chat")
CLIENTS = scripted("openai-agents", Python("openai-agents"), "openai_agents_sdk.py", APIS)
