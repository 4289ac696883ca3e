// What a script is asked, by its arguments: [--stream] [--tools] URL API [MESSAGE].
// Without a message each line of standard input is a turn of one conversation.

import readline from "node:readline";

const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const [url, api, message] = process.argv.slice(2).filter((word) => !word.startsWith("--"));

export const URL = url;
export const V1 = `${url}/v1`;
export const API = api;
export const STREAM = flags.includes("--stream");
export const TOOLS = flags.includes("--tools");
export const KEY = "sk-own";
export const CITY = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
export const DESCRIPTION = "The weather in a city.";
export const weather = ({ city }) => `4 °C in ${city}`;

// Says each message and prints the answer on a line; an error is printed, and the end.
export async function talk(say) {
  try {
    for await (const text of message ? [message] : readline.createInterface(process.stdin))
      console.log(await say(text));
  } catch (error) {
    console.error(`${error.constructor.name}: ${error.message}`);
    process.exit(1);
  }
}
