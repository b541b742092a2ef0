// @ts-check
/**
 * One request, sent until there is an answer: it carries its key, so that it books once however often it is sent.
 *
 * @typedef {{id: string, version: number, day: string, time: string, heldUntil?: string}} Appointment
 * @typedef {{code: string, message: string}} Problem
 * @typedef {{appointment?: Appointment, problem?: Problem}} Answer
 */

const tries = 5;

/** A random UUID, on plain http too. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} method
 * @param {string} address
 * @param {object} [body]
 * @returns {Promise<Answer>}
 */
export async function send(method, address, body) {
  const key = newKey();
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(address, {
        method,
        headers: {
          Accept: 'application/json',
          'Idempotency-Key': key,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
      if (response.status < 500 || attempt === tries) {
        return read(response);
      }
    } catch {
      if (attempt === tries) {
        return { problem: { code: 'unreachable', message: 'The server cannot be reached. Try again.' } };
      }
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 250 * 2 ** attempt));
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  if (response.status === 204) {
    return {};
  }
  const json = await response.json();
  return response.ok ? { appointment: json } : { problem: json };
}
