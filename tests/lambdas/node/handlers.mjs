/** Handlers for tests. What the parameter `does` names is what each invocation does. */

import { failure } from "../../../lambdas/common/answers.mjs";
import { contactHandler } from "../../../lambdas/common/handler.mjs";
import { refusal } from "../../../lambdas/common/response.mjs";

const NUMBER = "+14165550011";

class SecretError extends Error {
  phone = NUMBER;
}

function circle() {
  const outer = {};
  outer.inner = outer;
  return outer;
}

/** Answers that no JSON can bring here. */
const ODD = {
  undefined: () => undefined,
  "undefined inside": () => ({ a: undefined }),
  NaN: () => ({ a: NaN }),
  Infinity: () => ({ a: Infinity }),
  "a bigint": () => ({ a: 1n }),
  "a function": () => ({ a: () => NUMBER }),
  "a Date": () => ({ a: new Date(0) }),
  "a Map": () => ({ a: new Map() }),
  "a circle": circle,
  "a Map itself": () => new Map([["a", "b"]]),
};

const DEEDS = {
  answer: ({ parameters }) => parameters.answer,
  later: async ({ parameters }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return parameters.answer;
  },
  odd: ({ parameters }) => ODD[parameters.answer](),
  fail: ({ parameters }) => failure(parameters.type, { retryable: true, name: "Tremblay" }),
  throw: () => {
    throw new SecretError(`no customer ${NUMBER}\n    at ${NUMBER}`);
  },
  reject: async () => {
    await null;
    throw new SecretError(NUMBER, { cause: new Error(NUMBER) });
  },
  "throw a text": () => {
    throw NUMBER;
  },
  "throw nothing": () => {
    throw undefined;
  },
  "throw with a name of its own": () => {
    throw Object.assign(new TypeError(NUMBER), { name: NUMBER });
  },
  "read what is not there": ({ customerEndpoint }) => customerEndpoint.address.of.nobody,
  end: () => process.exit(3),
};

export const handler = contactHandler((event) => DEEDS[event.parameters.does](event));

/** What the event says, for a look at it from outside. */
export const parsed = contactHandler((event) => ({
  event: { ...event },
  shown: [JSON.stringify(event), String(event[Symbol.for("nodejs.util.inspect.custom")]())],
  absent: [event.text("absent"), event.text("constructor")],
}));

/** The parameters as texts. */
export const texts = contactHandler((event) =>
  Object.fromEntries(Object.keys(event.parameters).map((name) => [name, event.text(name)])),
);

/** The refusals of one of the odd answers. */
export function oddRefusal(name, responseType) {
  return refusal(ODD[name](), responseType);
}
