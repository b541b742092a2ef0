// @ts-check
/**
 * What this tab remembers across a reload: the typed text, the key of the message, the last answer.
 * Remembering never sends anything.
 *
 * @typedef {Record<string, string>} Fields
 * @typedef {import('./post.js').Answer} Answer
 * @typedef {{fields: Fields, key: string}} Letter
 * @typedef {{at: number, kind: Answer['kind'], text: string, took: number}} Request
 * @typedef {object} Memory
 * @property {Fields} [draft]
 * @property {Letter} [letter]     the last message that was sent, with its key
 * @property {Answer} [answer]
 * @property {number} [sent]       how many requests were made
 * @property {string[]} [entries]  the entries they came to
 * @property {Request[]} [log]     the newest first
 */

const place = 'postroom-contact';

/** @type {Memory} */
let memory = read();

/** @returns {Memory} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** @returns {Readonly<Memory>} */
export function recall() {
  return memory;
}

/** @param {Memory} part */
export function remember(part) {
  memory = { ...memory, ...part };
  try {
    sessionStorage.setItem(place, JSON.stringify(memory));
  } catch {
    // Storage is off or full: the page works on, and forgets at the next reload.
  }
}
