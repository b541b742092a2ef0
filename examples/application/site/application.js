// @ts-check
/**
 * Sends the form with fetch and shows what the server says beside the fields. Without this script the same form posts
 * to the same address.
 */

/** @typedef {{pointer: string, message: string}} Fault */
/** @typedef {{message?: string, errors?: Fault[], retry?: {useful: boolean, after?: string, key?: string}}} Answer */

const form = /** @type {HTMLFormElement} */ (document.querySelector('#application'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
const outcome = /** @type {HTMLElement} */ (document.querySelector('#status'));

/** One key for one content: it changes when the form does, and stays for every try to send the same. */
let key = '';
let sending = false;

/** A random key. `crypto.randomUUID` exists on https and localhost only. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send() {
  if (sending) {
    return;
  }
  sending = true;
  key ||= newKey();
  clearFaults();
  button.setAttribute('aria-disabled', 'true');
  say('info', 'Sending your application', 'A large file takes a moment.');
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Idempotency-Key': key },
      body: new FormData(form),
    });
    settle(response, await read(response));
  } catch {
    say('refused', 'The server cannot be reached.', 'What you typed is kept. Sent again, it is stored once.');
  } finally {
    sending = false;
    button.removeAttribute('aria-disabled');
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function read(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/** @param {Response} response @param {Answer} answer */
function settle(response, answer) {
  // A 2xx without an entry, such as the sign-in page of a hotel's network, is not ours.
  if (response.ok && response.headers.has('Postroom-Entry')) {
    form.reset();
    key = '';
    say('stored', answer.message ?? 'Thank you.', 'We answer to the address you gave.');
    outcome.scrollIntoView({ block: 'nearest' });
    return;
  }
  if (answer.retry?.key === 'new') {
    key = '';
  }
  const first = showFaults(answer.errors ?? []);
  say('refused', answer.message ?? `The answer (${response.status}) cannot be read.`, 'Nothing was stored.');
  (first ?? outcome).scrollIntoView({ block: 'center' });
  first?.focus({ preventScroll: true });
}

/** @param {Fault[]} faults @returns {HTMLElement | undefined} the first field at fault, in the order of the page */
function showFaults(faults) {
  for (const { pointer, message } of faults) {
    const name = pointer.slice(1).split('/')[0] ?? '';
    const place = document.getElementById(`${name}-fault`);
    const field = form.elements.namedItem(name);
    if (place && field instanceof HTMLElement && !place.textContent) {
      const label = form.querySelector(`label[for="${name}"]`)?.firstChild?.textContent?.trim() ?? '';
      place.textContent = /^[A-Z]/.test(message) ? message : `${label} ${message.replace(/\.$/, '')}.`;
      field.setAttribute('aria-invalid', 'true');
    }
  }
  return form.querySelector('[aria-invalid=true]') ?? undefined;
}

function clearFaults() {
  form.querySelectorAll('.fault').forEach((place) => place.replaceChildren());
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
}

/** @param {'stored' | 'refused' | 'info'} kind @param {string} head @param {string} line */
function say(kind, head, line) {
  const notice = document.createElement('div');
  notice.className = `notice ${kind}`;
  const strong = document.createElement('strong');
  strong.textContent = head;
  const paragraph = document.createElement('p');
  paragraph.textContent = line;
  notice.append(strong, paragraph);
  outcome.replaceChildren(notice);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
form.addEventListener('input', () => {
  key = '';
});
