/**
 * What Connect accepts as a function's response: the rules and words of response.py.
 *
 * Source: Amazon Connect administrator guide, "Invoke AWS Lambda functions", "Verify the function response".
 */

/** The response must be smaller than this, as UTF-8 JSON. */
export const RESPONSE_MAX_BYTES = 32 * 1024;

/** The block's response validation. */
export const ResponseType = Object.freeze({
  /** A flat object whose values are strings. */
  STRING_MAP: "STRING_MAP",
  /** An object whose values may nest. */
  JSON: "JSON",
});

/** A handler returned what Connect would send down the Error branch. */
export class ResponseRefused extends Error {
  static {
    this.prototype.name = "ResponseRefused";
  }
}

/** Why Connect would refuse `response`, a handler's answer; null if it would not. */
export function refusal(response, responseType) {
  if (!isPlain(response)) {
    return `the response is ${kind(response)}, but Connect takes an object`;
  }
  const foreign = notJson(response, []);
  if (foreign) {
    return `the response is not JSON: it holds ${foreign}`;
  }
  const size = Buffer.byteLength(JSON.stringify(response));
  if (size >= RESPONSE_MAX_BYTES) {
    return `the response has ${size} bytes, but Connect takes fewer than ${RESPONSE_MAX_BYTES}`;
  }
  return responseType === ResponseType.JSON ? null : notAString(response);
}

function notAString(response) {
  const found = Object.entries(response).find(([, value]) => typeof value !== "string");
  return found ? `'${found[0]}' is ${kind(found[1])}, but a STRING_MAP takes strings only` : null;
}

/**
 * What JSON.stringify would drop (undefined), change (NaN, a Map, a Date) or choke on (a circle); null if
 * nothing. A flow would miss it without a word. `above` holds the objects around `value`.
 */
function notJson(value, above) {
  if (isPlain(value) || Array.isArray(value)) {
    return above.includes(value) ? "a circle" : within(value, [...above, value]);
  }
  if (typeof value === "string") {
    return value.isWellFormed() ? null : "half of a surrogate pair";
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? null : String(value);
  }
  return typeof value === "boolean" || value === null ? null : kind(value);
}

function within(value, above) {
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const foreign = notJson(String(key), above) ?? notJson(value[key], above);
    if (foreign) {
      return foreign;
    }
  }
  return null;
}

function isPlain(value) {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function kind(value) {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value !== "object") {
    return `a ${typeof value}`;
  }
  if (Array.isArray(value)) {
    return "an array";
  }
  return isPlain(value) ? "an object" : `a ${value.constructor?.name}`;
}
