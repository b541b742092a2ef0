// @ts-check
import { send } from './requests.js';

/** @typedef {import('./requests.js').Appointment} Appointment */

const address = '/api/appointments';
const times = ['09:00', '09:45', '10:30', '11:15', '13:00', '13:45', '14:30', '15:15'];

/** Times that were found taken, as "day time": the server alone knows, and says so when one is asked for. */
const taken = new Set();

/** @type {Appointment | undefined} */
let mine = recall();
let busy = false;

const day = /** @type {HTMLInputElement} */ (document.getElementById('day'));
const group = /** @type {HTMLElement} */ (document.getElementById('times'));
const status = /** @type {HTMLElement} */ (document.getElementById('status'));
const left = /** @type {HTMLElement} */ (document.getElementById('left'));
const confirmButton = /** @type {HTMLButtonElement} */ (document.getElementById('confirm'));
const backButton = /** @type {HTMLButtonElement} */ (document.getElementById('give-back'));
const place = /** @type {HTMLElement} */ (document.getElementById('address'));

day.value = mine?.day ?? tomorrow();
day.addEventListener('change', show);
confirmButton.addEventListener('click', confirm);
backButton.addEventListener('click', giveBack);
setInterval(count, 500);
show();
if (mine) {
  tell(mine.heldUntil ? 'held' : 'stored');
}

/** @param {string} time */
async function choose(time) {
  const slot = { day: day.value, time };
  await alone(async () => {
    const before = mine;
    const { appointment, problem } = await send('POST', address, slot);
    if (appointment) {
      keep(appointment);
      tell('held');
      if (before?.heldUntil) {
        await send('DELETE', `${address}/${before.id}`);
      }
    } else if (problem?.code === 'sold-out') {
      taken.add(`${slot.day} ${slot.time}`);
      say('refused', `Somebody else has ${slot.time}. Choose another time.`);
    } else {
      say('refused', problem?.message ?? '');
    }
  });
}

async function confirm() {
  await alone(async () => {
    const { appointment, problem } = await send('POST', `${address}/${mine?.id}/confirm`);
    if (appointment) {
      keep(appointment);
      tell('stored');
    } else {
      if (problem?.code === 'hold-ended' || problem?.code === 'not-found') {
        keep(undefined);
      }
      say('refused', problem?.message ?? '');
    }
  });
}

async function giveBack() {
  await alone(async () => {
    const { problem } = await send('DELETE', `${address}/${mine?.id}`);
    if (problem && problem.code !== 'not-found') {
      say('refused', problem.message);
      return;
    }
    keep(undefined);
    say('', 'Given back. Choose another time.');
  });
}

/** One thing at a time: a second click waits for nothing, it is not made. @param {() => Promise<void>} work */
async function alone(work) {
  if (busy) {
    return;
  }
  busy = true;
  show();
  await work();
  busy = false;
  show();
}

/** @param {Appointment | undefined} appointment */
function keep(appointment) {
  mine = appointment;
  sessionStorage.setItem('appointment', JSON.stringify(appointment ?? null));
}

/** @returns {Appointment | undefined} */
function recall() {
  return JSON.parse(sessionStorage.getItem('appointment') ?? 'null') ?? undefined;
}

/** @param {'held' | 'stored'} kind */
function tell(kind) {
  const when = mine && new Date(`${mine.day}T12:00`).toLocaleDateString('en', { dateStyle: 'full' });
  say(kind, kind === 'held' ? `${when}, ${mine?.time}, is held for you.` : `${when}, ${mine?.time}, is yours.`);
}

/** @param {string} kind @param {string} text */
function say(kind, text) {
  status.dataset.kind = kind;
  status.textContent = text;
}

/** The clock here may be wrong, and then so is the countdown; whether it was in time is decided by the server. */
function count() {
  const seconds = mine?.heldUntil ? Math.ceil((Date.parse(mine.heldUntil) - Date.now()) / 1000) : 0;
  left.hidden = seconds <= 0;
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function show() {
  group.replaceChildren(...times.map((time) => {
    const button = document.createElement('button');
    const isMine = mine?.day === day.value && mine.time === time;
    button.type = 'button';
    button.textContent = time;
    button.ariaPressed = String(isMine);
    button.disabled = busy || isMine || taken.has(`${day.value} ${time}`);
    button.toggleAttribute('data-taken', !isMine && taken.has(`${day.value} ${time}`));
    button.addEventListener('click', () => choose(time));
    return button;
  }));
  confirmButton.hidden = !mine?.heldUntil;
  backButton.hidden = !mine;
  confirmButton.disabled = backButton.disabled = busy;
  place.hidden = !mine;
  place.textContent = mine ? `Its address: ${address}/${mine.id}` : '';
  count();
}

function tomorrow() {
  const date = new Date(Date.now() + 86_400_000);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
