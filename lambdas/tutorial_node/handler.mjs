/** Entry point of the tutorial's function in Node.js. */

import { contactHandler } from "../common/handler.mjs";
import { answer } from "./logic.mjs";

/** Answers customerBalance and websiteUrl for the parameter companyName. */
export const handler = contactHandler((event) => {
  const caller = event.customerEndpoint?.address || event.contactId;
  return answer(caller, event.text("companyName"));
});
