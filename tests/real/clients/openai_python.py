"""openai-python: what most programs in Python use."""

from real.clients._scripted import scripted
from real.source import Python

APIS = ("chat", "responses", "sealed")
CLIENTS = scripted("openai-python", Python("openai"), "openai_python.py", APIS)
