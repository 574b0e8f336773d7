/**
 * A made-up balance and support page: the same as those of the function `tutorial`.
 *
 * AWS's tutorial draws a random number. Here it follows from caller and company, so that a caller who calls
 * twice hears one balance. It is a string, as a STRING_MAP takes nothing else.
 */

import { createHash } from "node:crypto";

/** The balance is at least 0 and less than this, in whole currency units, as in AWS's tutorial. */
const BALANCE_LIMIT = 1000n;

/** For a company without a name that could be a host's. */
const DEFAULT_URL = "www.example.com/support";

const NOT_IN_A_HOST_NAME = /[^A-Za-z0-9-]/g;
const DASHES_AROUND = /^-+|-+$/g;
const LABEL_MAX_CHARS = 63;

/** What the flow reads as $.External.customerBalance and $.External.websiteUrl. */
export function answer(caller, company) {
  return { customerBalance: balance(caller, company), websiteUrl: websiteUrl(company) };
}

/** The same digits for the same caller and company. */
export function balance(caller, company) {
  // Half of a surrogate pair has no UTF-8; Python writes a question mark for it.
  const seed = `${caller}\n${company ?? ""}`.replace(/\p{Surrogate}/gu, "?");
  const digest = createHash("sha256").update(seed, "utf8").digest("hex");
  return String(BigInt(`0x${digest}`) % BALANCE_LIMIT);
}

/** The company's support page. */
export function websiteUrl(company) {
  const letters = (company ?? "").replace(NOT_IN_A_HOST_NAME, "").slice(0, LABEL_MAX_CHARS);
  const label = letters.replace(DASHES_AROUND, "");
  return label ? `www.${label}.com/support` : DEFAULT_URL;
}
