"""openai-agents: an agent's loop over responses, chained by their ids, or chat completions."""

import asyncio

import openai
from agents import (
    Agent,
    OpenAIChatCompletionsModel,
    OpenAIResponsesModel,
    Runner,
    function_tool,
    set_tracing_disabled,
)
from asked import API, KEY, STREAM, TOOLS, V1, talk, weather

set_tracing_disabled(True)  # it would call home
client = openai.AsyncOpenAI(base_url=V1, api_key=KEY)
kind = OpenAIResponsesModel if API == "responses" else OpenAIChatCompletionsModel
agent = Agent(
    name="Agent",
    instructions="Be brief.",
    model=kind("gpt-5", client),
    tools=[function_tool(weather)] if TOOLS else [],
)
loop = asyncio.new_event_loop()


class Conversation:
    """Sends its history, or names the answer before."""

    def __init__(self):
        self.items, self.previous = [], None

    def say(self, text):
        return loop.run_until_complete(self.answer(text))

    async def answer(self, text):
        sent = text if API == "responses" else [*self.items, {"role": "user", "content": text}]
        if STREAM:
            run = Runner.run_streamed(agent, sent, previous_response_id=self.previous)
            async for _ in run.stream_events():
                pass
        else:
            run = await Runner.run(agent, sent, previous_response_id=self.previous)
        self.items, self.previous = run.to_input_list(), run.last_response_id
        return run.final_output


talk(Conversation().say, openai.APIError)
