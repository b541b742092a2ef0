// @ts-check
/**
 * One POST, and what became of it. A key belongs to one message: however often that message is sent, and whichever
 * of the answers was lost on the way, the server keeps it once.
 *
 * @typedef {{pointer: string, code: string, message: string}} Fault
 * @typedef {object} Answer
 * @property {'stored' | 'refused' | 'unreachable'} kind
 * @property {string} message    what a person is told
 * @property {number} [status]
 * @property {string} [entry]    the id under which the message is stored
 * @property {string} [repeat]   Idempotency-Status: created or replayed
 * @property {Fault[]} [faults]
 * @property {boolean} [retry]   whether sending the same text again can help
 * @property {boolean} [newKey]  whether that takes a new key
 * @property {number} [wait]     seconds to wait first
 */

import { recall, remember } from './memory.js';

const patience = 30_000;

/**
 * The key of this very content: made once, kept while the content stays the same.
 * @param {Record<string, string>} fields
 */
export function keyFor(fields) {
  const letter = recall().letter;
  if (letter && JSON.stringify(letter.fields) === JSON.stringify(fields)) {
    return letter.key;
  }
  const key = newKey();
  remember({ letter: { fields, key } });
  return key;
}

/** A random UUID. `crypto.randomUUID` exists on https and localhost only; a phone in the same network has neither. */
export function newKey() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * @param {string} address
 * @param {Record<string, string>} fields
 * @param {string} key
 * @returns {Promise<Answer>}
 */
export async function post(address, fields, key) {
  const patienceEnds = new AbortController();
  const timer = setTimeout(() => patienceEnds.abort(), patience);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(fields),
      signal: patienceEnds.signal,
    });
    return judge(response, await response.text());
  } catch {
    return { kind: 'unreachable', retry: true, message: unreachable(patienceEnds.signal.aborted) };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {boolean} late */
function unreachable(late) {
  if (!navigator.onLine) {
    return 'You are offline. The message will be sent as soon as the connection is back.';
  }
  return late ? 'The server did not answer in time.' : 'The server cannot be reached.';
}

/**
 * Thanks are said only for what is stored: a 2xx without an entry (the login page of a hotel's network, say) is none.
 * @param {Response} response
 * @param {string} text
 * @returns {Answer}
 */
function judge(response, text) {
  const body = parse(text);
  const status = response.status;
  const entry = response.headers.get('Postroom-Entry') ?? body?.id;
  if (response.ok && entry) {
    const repeat = response.headers.get('Idempotency-Status') ?? undefined;
    return { kind: 'stored', status, entry, repeat, message: body?.message ?? 'Your message is stored.' };
  }
  const wait = Number(response.headers.get('Retry-After')) || undefined;
  return {
    kind: 'refused',
    status,
    message: body?.message ?? `The answer (${status}) did not come from the post room.`,
    faults: Array.isArray(body?.errors) ? body.errors : [],
    retry: !body?.retry || (body.retry.useful && body.retry.after !== 'correction'),
    newKey: body?.retry?.key === 'new',
    wait,
  };
}

/** @param {string} text */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
