"""litellm: chat completions, responses, and the messages of Anthropic, by one interface each."""

import gc
import json
import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches one

import litellm
from asked import API, CITY, KEY, STREAM, TOOLS, URL, V1, talk, weather

# It leaves streams of Anthropic's unread at their last event. Collected while httpcore holds its
# lock, in the next request, such a stream waits for that lock, and nothing ever goes on.
gc.disable()
litellm.suppress_debug_info = True  # else it prints links between answers
PROVIDERS = {
    "chat": {"model": "openai/gpt-5", "api_base": V1},
    "responses": {"model": "openai/gpt-5", "api_base": V1},
    "messages": {"model": "anthropic/claude-opus-5", "api_base": URL},
    "ollama": {"model": "ollama_chat/llama3.2", "api_base": URL},
}
FUNCTION = {"name": "weather", "description": weather.__doc__, "parameters": CITY}
ASKED = PROVIDERS[API] | {"api_key": KEY, "num_retries": 2}


class Completions:
    """Its main interface, for every provider."""

    def __init__(self):
        self.messages = [{"role": "system", "content": "Be brief."}]

    def say(self, text):
        self.messages.append({"role": "user", "content": text})
        while True:
            answer = self.answer()
            self.messages.append(answer)
            if not answer.tool_calls:
                return answer.content
            for call in answer.tool_calls:
                result = weather(**json.loads(call.function.arguments))
                self.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})

    def answer(self):
        tools = {"tools": [{"type": "function", "function": FUNCTION}]} if TOOLS else {}
        answer = litellm.completion(messages=self.messages, stream=STREAM, **tools, **ASKED)
        if STREAM:
            answer = litellm.stream_chunk_builder(list(answer), messages=self.messages)
            gc.collect()
        return answer.choices[0].message


class Responses:
    """Its interface of responses, chained by their ids."""

    def __init__(self):
        self.previous = None

    def say(self, text):
        sent = text
        while True:
            answer = self.answer(sent)
            self.previous = answer.id
            calls = [item for item in answer.output if item.type == "function_call"]
            if not calls:
                return answer.output_text
            sent = [
                {
                    "type": "function_call_output",
                    "call_id": call.call_id,
                    "output": weather(**json.loads(call.arguments)),
                }
                for call in calls
            ]

    def answer(self, sent):
        tools = {"tools": [{"type": "function", **FUNCTION}]} if TOOLS else {}
        answer = litellm.responses(
            input=sent, previous_response_id=self.previous, stream=STREAM, **tools, **ASKED
        )
        return list(answer)[-1].response if STREAM else answer


talk((Responses if API == "responses" else Completions)().say, Exception)
