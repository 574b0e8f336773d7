/**
 * What stands between Lambda's `handler(raw, context)` and a function of a ContactEvent: what handler.py is
 * to Python handlers.
 *
 * It writes two lines per invocation, one before the function runs and one after, and throws where Connect
 * would take the Error branch anyway, so that Lambda counts an error. A first line without a second is an
 * invocation that was killed. The lines hold no phone number, parameter, attribute or response value.
 */

import { ERROR } from "./answers.mjs";
import { ContactEvent, NotAConnectEvent } from "./event.mjs";
import * as log from "./log.mjs";
import { ResponseRefused, ResponseType, refusal } from "./response.mjs";

/** Set by the stack from `response` in function.toml; without it the stricter STRING_MAP holds. */
const RESPONSE_TYPE_VARIABLE = "PATCHBAY_RESPONSE_TYPE";

const CODE = new URL("..", import.meta.url).href;
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/**
 * A handler threw. Names the error and its place only.
 *
 * Lambda writes what a handler throws to its log, a `cause` included, and the text of a foreign error may
 * hold personal data.
 */
export class HandlerFailed extends Error {
  static {
    this.prototype.name = "HandlerFailed";
  }
}

/**
 * `handle`, which takes a ContactEvent and gives an answer or a promise of one, as a Lambda handler that
 * Connect may invoke.
 *
 * The handler throws NotAConnectEvent on another payload, ResponseRefused on an answer that Connect would
 * refuse, and HandlerFailed in place of anything that `handle` throws. The outcome that is logged is `ok`,
 * `error` (an answer made by `failure`), `refused` or `raised`.
 */
export function contactHandler(handle) {
  return async (raw, context) => {
    const lines = new Lines(context);
    try {
      return await checked(handle, raw, lines);
    } catch (error) {
      lines.errorType = nameOf(error);
      if (error instanceof NotAConnectEvent || error instanceof ResponseRefused) {
        throw error;
      }
      throw new HandlerFailed(`${lines.errorType} at ${placeOf(error)}`);
    } finally {
      lines.end();
    }
  };
}

/** What becomes the log lines of one invocation. */
class Lines {
  outcome = "raised";
  errorType = null;
  #contact = {};
  #context;
  #started = performance.now();

  constructor(context) {
    this.#context = context;
  }

  /** The first line names the contact if there is one; it is written either way. */
  begin(raw) {
    try {
      const event = new ContactEvent(raw);
      this.#contact = { contact_id: event.contactId, channel: event.channel };
      return event;
    } finally {
      log.started(this.#names());
    }
  }

  end() {
    const fields = {
      ...this.#names(),
      outcome: this.outcome,
      error_type: this.errorType,
      duration_ms: Math.round((performance.now() - this.#started) * 10) / 10,
    };
    log.invocation(fields, { failed: ["raised", "refused"].includes(this.outcome) });
  }

  #names() {
    return {
      ...this.#contact,
      request_id: this.#context?.awsRequestId,
      function_version: this.#context?.functionVersion ?? process.env.AWS_LAMBDA_FUNCTION_VERSION,
    };
  }
}

async function checked(handle, raw, lines) {
  const event = lines.begin(raw);
  // Before the handler runs, so that a wrong setting is found before it changes anything.
  const responseType = process.env[RESPONSE_TYPE_VARIABLE] ?? ResponseType.STRING_MAP;
  if (!Object.hasOwn(ResponseType, responseType)) {
    throw new RangeError(`${RESPONSE_TYPE_VARIABLE} is neither STRING_MAP nor JSON`);
  }
  const answer = await handle(event);
  const reason = refusal(answer, responseType);
  if (reason) {
    lines.outcome = "refused";
    throw new ResponseRefused(reason);
  }
  if (answer.status === ERROR) {
    lines.outcome = "error";
    lines.errorType = identifier(answer.errorType);
  } else {
    lines.outcome = "ok";
  }
  return answer;
}

/** Nothing else is fit for the log. */
function identifier(value) {
  return typeof value === "string" && IDENTIFIER.test(value) ? value : null;
}

/** The class of what was thrown: a name that was given by hand may say anything. */
function nameOf(error) {
  const name = error instanceof Error ? error.constructor?.name : typeof error;
  return identifier(name) ?? "Error";
}

/** File, line and function of the innermost frame of the handlers' own code. */
function placeOf(error) {
  const frames = typeof error?.stack === "string" ? error.stack.split("\n") : [];
  for (const frame of frames) {
    const [before, after] = frame.split(CODE);
    const where = /^([\w./-]+:\d+):\d+\)?$/.exec(after ?? "");
    if (where) {
      const name = /^ +at (?:async |new )*([A-Za-z_$][\w$.<>]*)/.exec(before);
      return `${where[1]} in ${name?.[1] ?? "<anonymous>"}`;
    }
  }
  return "an unknown place";
}
