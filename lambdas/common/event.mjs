/**
 * What Connect sends to a function, parsed once: what event.py is to Python handlers.
 *
 * Source: Amazon Connect administrator guide, "Invoke AWS Lambda functions": the example request. Connect
 * leaves out or nulls what a contact does not have: a chat has no CustomerEndpoint, a task no SystemEndpoint.
 */

/** Longer than any honest name, number or amount; in characters, of which an emoji is one. */
export const TEXT_MAX_CHARS = 256;

/** What Python's strip takes, so that a parameter reads the same in both languages. */
const SPACE = /[\p{White_Space}\x1c-\x1f]/u;

/** The payload has no Details.ContactData.ContactId, so no contact flow sent it. */
export class NotAConnectEvent extends Error {
  static {
    this.prototype.name = "NotAConnectEvent";
  }
}

/**
 * One invocation by a flow.
 *
 * - contactId; initialContactId (of a chain of transfers; the contact itself where Connect names none);
 *   previousContactId or null
 * - channel: VOICE, CHAT, TASK, EMAIL, or one that Connect adds later; empty where it is missing
 * - initiationMethod, instanceArn; languageCode or null
 * - customerEndpoint, systemEndpoint: {address, type} or null; an address may be empty or "anonymous"
 * - queue: {arn, name} or null
 * - attributes: those that are strings; parameters: of the block, their values may nest
 * - rawContact: Details.ContactData as it came
 */
export class ContactEvent {
  /** The event in `raw`. Throws NotAConnectEvent where it is none. */
  constructor(raw) {
    const details = mapping(mapping(raw).Details);
    const contact = mapping(details.ContactData);
    this.contactId = string(contact.ContactId);
    // Half of a surrogate pair passes through JSON, but not through UTF-8.
    if (!this.contactId || !this.contactId.isWellFormed()) {
      throw new NotAConnectEvent(
        "the payload is no Amazon Connect event: Details.ContactData.ContactId is missing",
      );
    }
    this.initialContactId = string(contact.InitialContactId) || this.contactId;
    this.previousContactId = string(contact.PreviousContactId) || null;
    this.channel = string(contact.Channel);
    this.initiationMethod = string(contact.InitiationMethod);
    this.instanceArn = string(contact.InstanceARN);
    this.languageCode = string(contact.LanguageCode) || null;
    this.customerEndpoint = endpoint(contact.CustomerEndpoint);
    this.systemEndpoint = endpoint(contact.SystemEndpoint);
    this.queue = queue(contact.Queue);
    this.attributes = strings(mapping(contact.Attributes));
    this.parameters = mapping(details.Parameters);
    this.rawContact = contact;
    Object.freeze(this);
  }

  /**
   * The parameter `name` as trimmed text; a number or boolean as JSON writes it.
   *
   * null where it is absent, blank, nested, not encodable, or over TEXT_MAX_CHARS. Too long is absent rather
   * than cut, because a cut amount or id is another amount or id.
   */
  text(name) {
    const value = Object.hasOwn(this.parameters, name) ? this.parameters[name] : null;
    if (!["string", "number", "boolean"].includes(typeof value)) {
      return null;
    }
    const text = trimmed(String(value));
    // Half of a surrogate pair passes through JSON, but not through UTF-8.
    return text && [...text].length <= TEXT_MAX_CHARS && text.isWellFormed() ? text : null;
  }

  /** What JSON.stringify and console.log show: nothing that may identify a person. */
  toJSON() {
    const { contactId, channel, initiationMethod, instanceArn, languageCode, queue } = this;
    return { contactId, channel, initiationMethod, instanceArn, languageCode, queue };
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    return `ContactEvent ${JSON.stringify(this)}`;
  }
}

function mapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function string(value) {
  return typeof value === "string" ? value : "";
}

function strings(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));
}

function endpoint(value) {
  const { Address, Type } = mapping(value);
  return value === mapping(value) ? { address: string(Address), type: string(Type) } : null;
}

function queue(value) {
  const { ARN, Name } = mapping(value);
  return value === mapping(value) ? { arn: string(ARN), name: string(Name) } : null;
}

function trimmed(text) {
  let [start, end] = [0, text.length];
  while (start < end && SPACE.test(text[start])) {
    start += 1;
  }
  while (end > start && SPACE.test(text[end - 1])) {
    end -= 1;
  }
  return text.slice(start, end);
}
