// @ts-check
/**
 * The form with JavaScript: sends JSON, shows thanks or errors field by field, keeps the typed text.
 * Without this script the same form posts to the same address.
 *
 * @typedef {import('./post.js').Answer} Answer
 * @typedef {Record<string, string>} Fields
 */

import { element, note, show } from './happened.js';
import { recall, remember } from './memory.js';
import { keyFor, post } from './post.js';

const form = /** @type {HTMLFormElement} */ (document.querySelector('#contact'));
const submit = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
const status = /** @type {HTMLElement} */ (form.querySelector('[data-show=status]'));
const again = button('again');
const another = button('another');
const copy = button('copy');
const slow = 4_000;

let sending = false;
/** The message that waits for the connection to come back. @type {Fields | undefined} */
let waiting;

/** @param {string} name */
function button(name) {
  return /** @type {HTMLButtonElement} */ (document.querySelector(`[data-do="${name}"]`));
}

/** @returns {Fields} */
function typed() {
  return /** @type {Fields} */ (Object.fromEntries(new FormData(form)));
}

/** @param {Fields} fields */
async function send(fields) {
  if (sending) {
    say('info', 'Still sending.', 'One click is enough: this message carries one key and is stored once.');
    return;
  }
  sending = true;
  waiting = undefined;
  clearFaults();
  const key = keyFor(fields);
  const calm = progress();
  const begun = performance.now();
  const answer = await post(form.action, fields, key);
  note(answer, performance.now() - begun);
  calm();
  sending = false;
  settle(answer, fields);
}

/** Says that it is being sent; the returned call ends that. */
function progress() {
  form.classList.remove('stored');
  form.classList.add('sending');
  submit.textContent = 'Sending';
  say('info', 'Sending your message.');
  const timer = setTimeout(
    () => say('info', 'Still sending.', 'The connection is slow. Your text is kept, nothing is lost.'), slow);
  return () => {
    clearTimeout(timer);
    form.classList.remove('sending');
  };
}

/** @param {Answer} answer @param {Fields} fields */
function settle(answer, fields) {
  form.classList.toggle('stored', answer.kind === 'stored');
  another.hidden = again.hidden = answer.kind !== 'stored';
  submit.textContent = answer.retry ? 'Try again' : 'Send message';
  if (answer.kind === 'stored') {
    postmark();
    say('stored', answer.message, 'It is stored. Reloading this page sends nothing again.');
  } else if (answer.kind === 'unreachable') {
    waiting = navigator.onLine ? undefined : fields;
    say('held', answer.message, 'Your text is kept. Trying again uses the same key, so it can only be stored once.');
  } else {
    if (answer.newKey) {
      remember({ letter: undefined });
    }
    const first = showFaults(answer.faults ?? []);
    say('refused', answer.message, advice(answer));
    first?.focus();
  }
  if (!form.querySelector('[aria-invalid]')) {
    status.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {Answer} answer */
function advice(answer) {
  if (!answer.retry) {
    return 'Nothing was stored. Your text is kept.';
  }
  const when = answer.wait ? `in ${answer.wait} seconds` : 'in a moment';
  const key = answer.newKey ? 'it gets a new key' : 'the key stays the same';
  return `Your text is kept. Try again ${when}; ${key}.`;
}

function postmark() {
  const time = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
  /** @type {Element} */ (form.querySelector('[data-show=postmark-time]')).textContent = time;
}

/** @param {'stored' | 'held' | 'refused' | 'info'} kind @param {string} head @param {string[]} lines */
function say(kind, head, ...lines) {
  const paragraphs = lines.map((line) => element('p', '', line));
  status.replaceChildren(element('div', `notice ${kind}`, element('strong', '', head), ...paragraphs));
}

/**
 * Each error beside its field; one that belongs to no field of this form is told in the notice's message.
 * @param {import('./post.js').Fault[]} faults
 * @returns {HTMLElement | undefined} the first faulty field in the order of the page
 */
function showFaults(faults) {
  for (const fault of faults) {
    const name = fault.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
    const box = control(name);
    const place = document.getElementById(`${name}-fault`);
    if (box && place && !place.textContent) {
      place.textContent = sentence(box, fault.message);
      box.setAttribute('aria-invalid', 'true');
      box.closest('.field')?.classList.add('faulty');
    }
  }
  return form.querySelector('[aria-invalid=true]') ?? undefined;
}

/**
 * The server says a sentence's end ("must be an e-mail address"); its beginning is the label.
 * @param {HTMLElement} box @param {string} end
 */
function sentence(box, end) {
  const label = box.closest('.field')?.querySelector('label')?.firstChild?.textContent?.trim() ?? '';
  return `${label} ${end.replace(/\.$/, '')}.`;
}

/** @param {string} name @returns {HTMLElement | undefined} */
function control(name) {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLElement ? found : undefined;
}

/** @param {ParentNode} within */
function clearFaults(within = form) {
  within.querySelectorAll('.fault').forEach((place) => place.replaceChildren());
  within.querySelectorAll('[aria-invalid]').forEach((box) => box.removeAttribute('aria-invalid'));
  form.querySelectorAll('.faulty').forEach((field) => {
    field.classList.toggle('faulty', field.querySelector('[aria-invalid]') !== null);
  });
}

function startAfresh() {
  form.reset();
  remember({ draft: undefined, letter: undefined });
  form.classList.remove('stored');
  another.hidden = again.hidden = true;
  status.replaceChildren();
  control('name')?.focus();
}

/** After a reload or the back button: the text and the last answer are there again, and nothing is sent. */
function restore() {
  const { draft, letter, answer } = recall();
  for (const [name, value] of Object.entries(draft ?? {})) {
    const box = control(name);
    if (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) {
      box.value = value;
    }
  }
  show();
  if (answer?.kind === 'stored' && letter && JSON.stringify(letter.fields) === JSON.stringify(typed())) {
    form.classList.add('stored');
    another.hidden = again.hidden = false;
    say('stored', answer.message, 'You came back to this page: nothing was sent again.');
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(typed());
});
form.addEventListener('input', (event) => {
  remember({ draft: typed() });
  form.classList.remove('stored');
  if (waiting) {
    waiting = undefined;
    say('held', 'You changed the message.', 'It is sent when you press the button.');
  }
  clearFaults(/** @type {HTMLElement} */ (event.target).closest('.field') ?? form);
});
addEventListener('online', () => {
  if (waiting) {
    void send(waiting);
  }
});
again.addEventListener('click', () => void send(recall().letter?.fields ?? typed()));
another.addEventListener('click', startAfresh);
copy.addEventListener('click', async () => {
  const command = document.querySelector('[data-show=curl]')?.textContent ?? '';
  await navigator.clipboard.writeText(command).then(
    () => { copy.textContent = 'Copied'; },
    () => { copy.textContent = 'Select the text and copy it'; });
});
copy.hidden = !navigator.clipboard;
restore();
