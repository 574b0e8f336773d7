/**
 * The two log lines of an invocation, as log.py writes them: releases are judged by both alike.
 *
 * No package from npm: two lines of JSON need none, and a layer of its own, with its lock, for a logger would
 * be more to keep than this file. Straight to standard output, because Lambda puts time and request id before
 * what console.log writes, and a line is read as JSON from its first character.
 */

/** Writes the line that begins an invocation; fields that are null are left out. */
export function started(fields) {
  write("INFO", "invocation started", fields);
}

/** Writes the line that ends an invocation; fields that are null are left out. */
export function invocation(fields, { failed }) {
  write(failed ? "ERROR" : "INFO", "invocation", fields);
}

function write(level, message, fields) {
  const line = {
    level,
    message,
    timestamp: new Date().toISOString(),
    // The stack names the service, for both languages by the variable that Powertools reads.
    service: process.env.POWERTOOLS_SERVICE_NAME,
    ...fields,
    xray_trace_id: /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? "")?.[1],
  };
  process.stdout.write(`${JSON.stringify(line, (_, value) => value ?? undefined)}\n`);
}
