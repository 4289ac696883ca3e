"""ollama-python."""

from dataclasses import replace

from real.clients._scripted import scripted
from real.source import Python

CHATS = scripted("ollama-python", Python("ollama"), "ollama_python.py", ("chat", "pictures"))
[PROMPT] = scripted("ollama-python", Python("ollama"), "ollama_python.py", ("generate",), call=None)
CLIENTS = (*CHATS, replace(PROMPT, cannot={"tools": "a prompt has none"}))
