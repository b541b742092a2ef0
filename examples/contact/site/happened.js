// @ts-check
/**
 * "What just happened": the answer, the requests of this tab, the same from a terminal.
 *
 * @typedef {import('./post.js').Answer} Answer
 */

import { newKey } from './post.js';
import { recall, remember } from './memory.js';

const shownRequests = 8;
const words = { stored: 'Stored', refused: 'Refused', unreachable: 'Not reached' };
const colours = { stored: 'stored', refused: 'refused', unreachable: 'held' };
const commandNotes = {
  none: 'Run it twice: the second answer is the first one, and nothing new is stored.',
  stored: 'It carries the key of your last message: you get the first answer again, and nothing new is stored.',
  refused: 'This is what the page sent; it gets the same refusal.',
  unreachable: 'This is what the page sent, with its key: whoever gets through first, it is stored once.',
};
const sample = {
  fields: { name: 'Ada', email: 'ada@example.com', message: 'Hello' },
  key: newKey(),
};

/** @param {string} name @returns {HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-show="${name}"]`));

/**
 * @param {string} tag @param {string} classes @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, classes, ...children) {
  const made = document.createElement(tag);
  made.className = classes;
  made.append(...children);
  return made;
}

/** @param {Answer} answer @param {number} took milliseconds */
export function note(answer, took) {
  const { sent = 0, entries = [], log = [] } = recall();
  const text = answer.status ? `${answer.status} ${answer.repeat ?? words[answer.kind].toLowerCase()}` : 'no answer';
  const known = answer.entry && !entries.includes(answer.entry) ? [...entries, answer.entry] : entries;
  const line = { at: Date.now(), kind: answer.kind, text, took: Math.round(took) };
  remember({ answer, sent: sent + 1, entries: known, log: [line, ...log].slice(0, shownRequests) });
  show();
}

/** Draws the panel from what is remembered. */
export function show() {
  const { answer, letter } = recall();
  if (answer) {
    showAnswer(answer, letter?.key ?? '');
    showRequests();
  }
  showCommand();
}

/** @param {Answer} answer @param {string} key */
function showAnswer(answer, key) {
  const head = element('p', 'verdict', element('span', `badge ${colours[answer.kind]}`, words[answer.kind]));
  if (answer.status) {
    head.append(element('span', 'mono', `HTTP ${answer.status}`));
  }
  const shown = [head, element('p', 'said', answer.message)];
  if (answer.entry) {
    shown.push(element('p', 'receipt', element('span', '', 'Entry'), element('code', '', answer.entry)));
  }
  const facts = element('dl', 'facts');
  if (answer.repeat) {
    const meaning = answer.repeat === 'replayed' ? 'The first answer again; nothing new is stored.' : 'The first time.';
    facts.append(fact('Idempotency-Status', answer.repeat, element('p', 'soft', meaning)));
  }
  facts.append(fact('Idempotency-Key', key));
  part('answer').replaceChildren(...shown, facts);
}

/** @param {string} term @param {string} value @param {Node[]} more */
function fact(term, value, ...more) {
  return element('div', '', element('dt', '', term), element('dd', '', element('code', '', value), ...more));
}

function showRequests() {
  const { sent = 0, entries = [], log = [] } = recall();
  const requests = sent === 1 ? '1 request' : `${sent} requests`;
  part('count').textContent = `${requests}, ${entries.length === 1 ? '1 entry' : `${entries.length} entries`} stored`;
  part('log').replaceChildren(...log.map((line) => element('li', '',
    element('time', 'mono', new Date(line.at).toLocaleTimeString([], { hour12: false })),
    element('span', `badge ${colours[line.kind]}`, line.text),
    element('span', 'soft nowrap', `${line.took} ms`))));
  part('requests').hidden = false;
}

function showCommand() {
  const { letter, answer } = recall();
  const { fields, key } = letter ?? sample;
  part('curl').textContent = [
    `curl -i ${new URL('/api/contact', location.href)}`,
    `-H 'Content-Type: application/json'`,
    `-H 'Idempotency-Key: ${key}'`,
    `-d ${quoted(JSON.stringify(fields))}`,
  ].join(' \\\n  ');
  part('curl-note').textContent = commandNotes[answer?.kind ?? 'none'];
}

/** One word for a POSIX shell. @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
