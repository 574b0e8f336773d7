/**
 * Answers lines of JSON on standard input, in one process: {raw, context} invokes the handler, and {module,
 * name, arguments} calls any export. What is on standard output before the answer is what the handler logged.
 */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const [handlerFile, handlerName] = process.argv.slice(2);
const handler = handlerFile ? (await load(handlerFile))[handlerName] : undefined;

async function load(file) {
  return import(pathToFileURL(file).href);
}

async function run(request) {
  if (request.module) {
    return (await load(request.module))[request.name](...request.arguments);
  }
  Object.assign(process.env, request.environment);
  const answer = await handler(request.raw, request.context ?? undefined);
  return JSON.parse(JSON.stringify(answer) ?? "null");
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = { value: await run(JSON.parse(line)) };
  } catch (error) {
    // As Lambda's runtime prints it, to see that nothing personal is in it.
    const { name: type, message } = error;
    reply = { error: { type, message, printed: inspect(error, { showHidden: true }) } };
  }
  process.stdout.write(`\x00${JSON.stringify(reply)}\n`);
}
