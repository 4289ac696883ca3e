// Vercel's ai: chat completions and responses of @ai-sdk/openai, messages of @ai-sdk/anthropic.

import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { API, DESCRIPTION, KEY, STREAM, TOOLS, V1, talk, weather } from "./asked.mjs";

const openai = createOpenAI({ baseURL: V1, apiKey: KEY });
const MODELS = {
  chat: () => openai.chat("gpt-5"),
  responses: () => openai.responses("gpt-5"),
  messages: () => createAnthropic({ baseURL: V1, apiKey: KEY })("claude-opus-5"),
};
const offered = tool({
  description: DESCRIPTION,
  inputSchema: z.object({ city: z.string() }),
  execute: weather,
});
const messages = [];

await talk(async (text) => {
  messages.push({ role: "user", content: text });
  let failed;
  const asked = {
    model: MODELS[API](),
    system: "Be brief.",
    messages,
    stopWhen: stepCountIs(4),
    tools: TOOLS ? { weather: offered } : undefined,
    onError: ({ error }) => (failed = error),
  };
  const run = STREAM ? streamText(asked) : await generateText(asked);
  if (STREAM) await run.consumeStream();
  if (failed) throw failed;
  messages.push(...(await run.response).messages);
  return await run.text;
});
