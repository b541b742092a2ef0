// Finds proofs of work for forms that a Postroom takes, before they are sent. One line in a page is enough:
//   <script type="module" src="/_postroom/proof.js"></script>
// It serves every form of the page that is posted to the server of this script. A form that a script of the page sends
// names its endpoint itself: <form data-proof="/api/contact">. For pages without a form there is prove(endpoint).

const FIELD = "altcha";
const SLICE = 8; // milliseconds of work before the page gets its turn
const SPARE = 10_000; // milliseconds that sending may take until the challenge ends

/** @typedef {{algorithm: string, challenge: string, maxnumber: number, salt: string, signature: string}} Challenge */

/**
 * What to send and until when; no text where the endpoint asks for no proof.
 * @typedef {{text: string, until: number}} Proof
 */

/**
 * What is known of a form's proof: the search, what it found (null when it failed, undefined while it goes on),
 * whether the form was sent with it, and whether sending waits for it.
 * @typedef {{search: Promise<unknown>, found: Proof | null | undefined, sent: boolean, waits: boolean}} Work
 */

// FIPS 180-4 §4.2.2: the first bits of the fractional parts of the cube roots of the first primes; §5.3.3: of the
// square roots. Written as what they are, so that nobody has to compare 64 numbers.
/** @param {number} count @returns {number[]} */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every(prime => number % prime)) {
      found.push(number);
    }
  }
  return found;
}

/** @param {number} root */
const fraction = root => ((root - Math.floor(root)) * 2 ** 32) | 0;
const ROUND = Int32Array.from(primes(64), prime => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), prime => fraction(Math.sqrt(prime)));
const schedule = new Int32Array(64);

/**
 * One block of SHA-256 (FIPS 180-4 §6.2.2). Not WebCrypto: that is asynchronous, which costs more than so short a
 * text, and absent on plain http.
 * @param {Int32Array} state @param {DataView} block @param {number} at
 */
function compress(state, block, at) {
  const w = schedule;
  for (let t = 0; t < 16; t++) {
    w[t] = block.getInt32(at + t * 4);
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15];
    const y = w[t - 2];
    w[t] = w[t - 16] + w[t - 7]
      + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
      + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
      + ((e & f) ^ (~e & g)) + ROUND[t] + w[t]) | 0;
    const two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))
      + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/**
 * Tells whether the salt followed by a number hashes to the challenge. What comes before the number is hashed once.
 * @param {string} salt @param {string} challenge @returns {(number: number) => boolean}
 */
function solver(salt, challenge) {
  const text = new TextEncoder().encode(salt);
  const whole = text.length - text.length % 64;
  const middle = START.slice();
  for (let at = 0; at < whole; at += 64) {
    compress(middle, new DataView(text.buffer), at);
  }
  const wanted = Int32Array.from({ length: 8 }, (_, word) => parseInt(challenge.slice(word * 8, word * 8 + 8), 16) | 0);
  const rest = text.subarray(whole);
  const bytes = new Uint8Array(128);
  const blocks = new DataView(bytes.buffer);
  const state = new Int32Array(8);
  return number => {
    const digits = String(number);
    let length = rest.length;
    bytes.fill(0);
    bytes.set(rest);
    for (let at = 0; at < digits.length; at++) {
      bytes[length++] = digits.charCodeAt(at);
    }
    bytes[length] = 0x80;
    const end = length + 9 > 64 ? 128 : 64;
    blocks.setUint32(end - 4, (whole + length) * 8);
    state.set(middle);
    for (let at = 0; at < end; at += 64) {
      compress(state, blocks, at);
    }
    return state.every((word, at) => word === wanted[at]);
  };
}

/** Lets the page do what waits. A timer would be slowed down after a few rounds. */
function turn() {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}

/**
 * @param {Challenge} challenge @param {(share: number) => void} tell @returns {Promise<number>}
 */
async function search({ salt, challenge, maxnumber }, tell) {
  const solves = solver(salt, challenge);
  let pause = performance.now() + SLICE;
  for (let number = 0; number <= maxnumber; number++) {
    if (solves(number)) {
      return number;
    }
    if (number % 64 === 0 && performance.now() > pause) {
      tell(number / maxnumber);
      await turn();
      pause = performance.now() + SLICE;
    }
  }
  throw new Error("The challenge has no solution.");
}

/** @param {URL} endpoint @param {(share: number) => void} tell @returns {Promise<Proof | null>} */
async function find(endpoint, tell) {
  const address = new URL("challenge" + endpoint.pathname, import.meta.url);
  const answer = await fetch(address, { cache: "no-store", credentials: "omit" });
  if (answer.status === 404) {
    return { text: "", until: Infinity };
  }
  if (!answer.ok) {
    return null;
  }
  /** @type {Challenge} */
  const challenge = await answer.json();
  if (challenge.algorithm !== "SHA-256") {
    return null;
  }
  const { algorithm, salt, signature } = challenge;
  const number = await search(challenge, tell);
  const expires = Number(new URLSearchParams(salt.split("?")[1]).get("expires"));
  return {
    text: btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature })),
    until: expires ? expires * 1000 - SPARE : Infinity,
  };
}

/**
 * Finds the proof for one message: what to send as the field `altcha`. It is empty where the endpoint asks for none,
 * and where none could be had: a message without it is held and not lost.
 * @param {string | URL} endpoint @param {(share: number) => void} [tell] how much was tried, from 0 to 1
 * @returns {Promise<string>}
 */
export async function prove(endpoint, tell = () => {}) {
  const proof = await find(new URL(endpoint, document.baseURI), tell).catch(() => /** @type {Proof | null} */ (null));
  return proof ? proof.text : "";
}

/** @type {WeakMap<HTMLFormElement, Work>} */
const works = new WeakMap();
/** @type {WeakMap<HTMLFormElement, HTMLProgressElement>} */
const bars = new WeakMap();

/** @param {HTMLFormElement} form @returns {URL | null} */
function endpointOf(form) {
  // By attributes: a field called "action" hides the property.
  const named = form.getAttribute("data-proof");
  const posts = (form.getAttribute("method") || "").toLowerCase() === "post";
  if (!named && !posts) {
    return null;
  }
  const endpoint = new URL(named || form.getAttribute("action") || location.href, document.baseURI);
  return endpoint.origin === new URL(import.meta.url).origin ? endpoint : null;
}

/** @param {HTMLFormElement} form @param {URL} endpoint @param {boolean} isSent @returns {Work} */
function begin(form, endpoint, isSent) {
  const known = works.get(form);
  if (known && !known.sent && isOfUse(known, isSent)) {
    return known;
  }
  const found = find(endpoint, share => {
    const bar = bars.get(form);
    if (bar) {
      bar.value = share;
    }
  }).catch(() => /** @type {Proof | null} */ (null));
  /** @type {Work} */
  const work = { search: found, found: undefined, sent: false, waits: false };
  work.search = found.then(proof => {
    work.found = proof;
    put(form, proof);
  });
  works.set(form, work);
  return work;
}

/**
 * What sending has waited for is taken as it is: with a wrong clock every proof looks as if it had ended. A search that
 * failed is tried once more when the form is sent.
 * @param {Work} work @param {boolean} isSent
 */
function isOfUse({ found, waits }, isSent) {
  return waits || found === undefined || (found ? found.until > Date.now() : !isSent);
}

/** @param {HTMLFormElement} form @param {Proof | null} proof */
function put(form, proof) {
  for (const old of form.querySelectorAll(`input[type=hidden][name=${FIELD}]`)) {
    old.remove();
  }
  if (proof && proof.text) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = FIELD;
    field.value = proof.text;
    form.append(field);
  }
}

/** Says that there is something to wait for, also to those who hear the page. @param {HTMLFormElement} form */
function show(form) {
  const line = document.createElement("p");
  const bar = document.createElement("progress");
  const words = form.getAttribute("data-proof-text") || "Preparing to send\u2026";
  line.setAttribute("role", "status");
  bar.setAttribute("aria-label", words);
  bar.value = 0;
  form.append(line);
  line.append(words, " ", bar);
  form.setAttribute("aria-busy", "true");
  bars.set(form, bar);
  return () => {
    line.remove();
    form.removeAttribute("aria-busy");
    bars.delete(form);
  };
}

/** Looks ahead while a person fills in the form. @param {FocusEvent} event */
function focused(event) {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  const endpoint = form && endpointOf(form);
  if (form && endpoint) {
    begin(form, endpoint, false);
  }
}

/** @param {SubmitEvent} event */
async function submitted(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) {
    return;
  }
  const endpoint = endpointOf(form);
  if (!endpoint) {
    return;
  }
  const work = begin(form, endpoint, true);
  if (work.found !== undefined) {
    work.sent = true;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (work.waits) {
    return;
  }
  work.waits = true;
  const { submitter } = event;
  const end = show(form);
  await work.search;
  end();
  if (form.isConnected) {
    const button = submitter instanceof HTMLElement && submitter.isConnected ? submitter : null;
    // Asks again whether the fields are valid, and tells the page's own scripts, as if it were clicked now.
    HTMLFormElement.prototype.requestSubmit.call(form, button);
  }
}

addEventListener("focusin", focused);
addEventListener("submit", submitted, { capture: true });
