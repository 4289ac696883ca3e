"""llm: a person's language model on the command line; the base URL is in a YAML file."""

from real.client import WEATHER, Client, Command, Desk, Task
from real.source import Python

MODELS = """\
- model_id: scripted
  model_name: scripted
  api_base: {base}
  supports_tools: true
"""
TOOL = """\
def weather(city: str) -> str:
    "The weather in a city."
    return "4 °C in " + city
"""


def command(desk: Desk, task: Task) -> Command:
    desk.write("llm/extra-openai-models.yaml", MODELS.format(base=desk.v1))
    model = "scripted" if desk.url else "gpt-4o-mini"  # its own models heed the environment
    words = ["llm", "prompt", "--model", model, task.message]
    words += [] if task.stream else ["--no-stream"]
    words += ["--functions", TOOL] if task.tools else []
    words += ["--continue"] if task.again else []
    return Command(words=tuple(words), environment={"LLM_USER_PATH": str(desk.home / "llm")})


CLIENT = Client(
    name="llm",
    source=Python("llm"),
    command=command,
    call=WEATHER,
    also=frozenset({"resumed", "run"}),
)
