/**
 * Answers that a flow can branch on: what answers.py is to Python handlers.
 *
 * A business failure is an answer with `status` "error", not an exception: the flow reads
 * `$.External.errorType` and decides, while an exception only leads down the Error branch.
 */

const OK = "ok";
export const ERROR = "error";

/** `values` with `status` "ok". */
export function success(values = {}) {
  return { ...values, status: OK };
}

/**
 * An informational error; `errorType` is a fixed identifier such as "lookupUnavailable": it is logged.
 *
 * `retryable` tells the flow whether the same request may succeed a moment later.
 */
export function failure(errorType, { retryable, ...extra }) {
  return { ...extra, status: ERROR, errorType, retryable: String(Boolean(retryable)) };
}
