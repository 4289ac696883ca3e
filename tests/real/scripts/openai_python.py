"""openai-python: chat completions; responses with their history on the server, or sealed here."""

import json

import openai
from asked import API, CITY, KEY, STREAM, TOOLS, V1, talk, weather

client = openai.OpenAI(base_url=V1, api_key=KEY)
FUNCTION = {"name": "weather", "description": weather.__doc__, "parameters": CITY}


class Chat:
    """A conversation that sends its whole history each time."""

    def __init__(self):
        self.messages = [{"role": "system", "content": "Be brief."}]

    def say(self, text):
        self.messages.append({"role": "user", "content": text})
        while True:
            answer = self.answer()
            self.messages.append(answer.to_dict(exclude_none=True))
            if not answer.tool_calls:
                return answer.content
            for call in answer.tool_calls:
                result = weather(**json.loads(call.function.arguments))
                self.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})

    def answer(self):
        tools = [{"type": "function", "function": FUNCTION}] if TOOLS else openai.omit
        asked = {"model": "gpt-5", "messages": self.messages, "tools": tools}
        if not STREAM:
            return client.chat.completions.create(**asked).choices[0].message
        with client.chat.completions.stream(**asked) as stream:
            return stream.get_final_completion().choices[0].message


class Responses:
    """A conversation whose history the provider keeps: each request names the answer before."""

    def __init__(self):
        self.previous = openai.omit

    def say(self, text):
        sent = [{"role": "user", "content": text}] if STREAM else text
        while True:
            answer = self.answer(sent)
            calls = [item for item in answer.output if item.type == "function_call"]
            if not calls:
                return answer.output_text
            sent = [result(call) for call in calls]

    def answer(self, sent):
        answer = respond(
            instructions="Be brief.", input=sent, previous_response_id=self.previous, store=True
        )
        self.previous = answer.id
        return answer


class Sealed:
    """A conversation that nobody keeps: reasoning goes to and fro, encrypted."""

    def __init__(self):
        self.items = []

    def say(self, text):
        self.items.append({"role": "user", "content": [{"type": "input_text", "text": text}]})
        while True:
            answer = respond(
                instructions="Be brief.",
                input=self.items,
                store=False,
                include=["reasoning.encrypted_content"],
            )
            self.items += [item.to_dict(exclude_none=True) for item in answer.output]
            calls = [item for item in answer.output if item.type == "function_call"]
            if not calls:
                return answer.output_text
            self.items += [result(call) for call in calls]


def respond(**asked):
    tools = [{"type": "function", "strict": True, **FUNCTION}] if TOOLS else openai.omit
    if not STREAM:
        return client.responses.create(model="gpt-5", tools=tools, **asked)
    with client.responses.stream(model="gpt-5", tools=tools, **asked) as stream:
        return stream.get_final_response()


def result(call):
    output = weather(**json.loads(call.arguments))
    return {"type": "function_call_output", "call_id": call.call_id, "output": output}


talk({"chat": Chat, "responses": Responses, "sealed": Sealed}[API]().say, openai.APIError)
