"""Ollama's prompts: what its clients send and the server answers."""

from wire.cases.llama.asking import GENERATE as DIALECT
from wire.cases.llama.generate import cases

__all__ = ["DIALECT", "cases"]
