// @anthropic-ai/sdk: messages.

import Anthropic from "@anthropic-ai/sdk";
import { CITY, DESCRIPTION, KEY, STREAM, TOOLS, URL, talk, weather } from "./asked.mjs";

const client = new Anthropic({ baseURL: URL, apiKey: KEY });
const TOOL = { name: "weather", description: DESCRIPTION, input_schema: CITY };
const messages = [];

await talk(async (text) => {
  let content = text;
  for (;;) {
    messages.push({ role: "user", content });
    const asked = { model: "claude-opus-5", max_tokens: 2048, system: "Be brief.", messages };
    if (TOOLS) asked.tools = [TOOL];
    const answer = STREAM
      ? await client.messages.stream(asked).finalMessage()
      : await client.messages.create(asked);
    messages.push({ role: "assistant", content: answer.content });
    const calls = answer.content.filter((block) => block.type === "tool_use");
    if (!calls.length) return answer.content.map((block) => block.text ?? "").join("");
    content = calls.map((call) => ({
      type: "tool_result",
      tool_use_id: call.id,
      content: weather(call.input),
    }));
  }
});
