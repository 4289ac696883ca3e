// openai-node: chat completions, or responses with their history on the server.

import OpenAI from "openai";
import { API, CITY, DESCRIPTION, KEY, STREAM, TOOLS, V1, talk, weather } from "./asked.mjs";

const client = new OpenAI({ baseURL: V1, apiKey: KEY });
const FUNCTION = { name: "weather", description: DESCRIPTION, parameters: CITY };
const messages = [{ role: "system", content: "Be brief." }];
let previous;

async function chat(text) {
  messages.push({ role: "user", content: text });
  for (;;) {
    const tools = TOOLS ? [{ type: "function", function: FUNCTION }] : undefined;
    const asked = { model: "gpt-5", messages, tools };
    const answer = STREAM
      ? await client.chat.completions.stream(asked).finalMessage()
      : (await client.chat.completions.create(asked)).choices[0].message;
    messages.push(answer);
    if (!answer.tool_calls?.length) return answer.content;
    for (const call of answer.tool_calls) {
      const content = weather(JSON.parse(call.function.arguments));
      messages.push({ role: "tool", tool_call_id: call.id, content });
    }
  }
}

async function responses(text) {
  let input = text;
  for (;;) {
    const tools = TOOLS ? [{ type: "function", strict: true, ...FUNCTION }] : undefined;
    const asked = { model: "gpt-5", instructions: "Be brief.", input, tools };
    asked.previous_response_id = previous;
    const answer = STREAM
      ? await client.responses.stream(asked).finalResponse()
      : await client.responses.create(asked);
    previous = answer.id;
    const calls = answer.output.filter((item) => item.type === "function_call");
    if (!calls.length) return answer.output.at(-1).content[0].text;
    input = calls.map((call) => ({
      type: "function_call_output",
      call_id: call.call_id,
      output: weather(JSON.parse(call.arguments)),
    }));
  }
}

await talk(API === "chat" ? chat : responses);
