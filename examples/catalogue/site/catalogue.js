// @ts-check
/**
 * The page of the catalogue: it lists products, adds one, changes how many are in stock, and removes one. Every
 * request goes to the resource that postroom.yaml declares.
 *
 * @typedef {{id: string, version: number, code: string, name: string, price: number, stock: number}} Product
 * @typedef {{message: string, code?: string, errors?: {pointer: string, message: string}[]}} Problem
 */

const address = '/api/products';

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const form = byId('add');
const status = byId('status');
const products = byId('products');
const more = byId('more');

/** Where the list goes on. @type {string | null} */
let next = null;

/** The key of what is in the form: kept while it stays the same, so that a retry is the same request. */
let attempt = { body: '', key: '' };

/**
 * Sends a request and reads its JSON. What went wrong on the way is a problem like any other.
 * @param {string} path
 * @param {RequestInit} [request]
 * @returns {Promise<{ok: boolean, status: number, body: any}>}
 */
async function send(path, request) {
  try {
    const response = await fetch(path, request);
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: text ? JSON.parse(text) : null };
  } catch {
    return { ok: false, status: 0, body: { message: 'The server cannot be reached. Try again.' } };
  }
}

/** @param {string} text @param {boolean} [refused] */
function say(text, refused = false) {
  status.textContent = text;
  status.classList.toggle('refused', refused);
}

/** @param {Problem['errors']} faults */
function showFaults(faults = []) {
  for (const input of form.querySelectorAll('input')) {
    const fault = faults.find((one) => one.pointer === '/' + input.name);
    byId(input.name + '-fault').textContent = fault ? `This ${fault.message}.` : '';
    input.setAttribute('aria-invalid', String(Boolean(fault)));
  }
  form.querySelector('[aria-invalid="true"]')?.focus();
}

async function add() {
  const fields = Object.fromEntries(new FormData(form));
  const product = {
    code: fields.code,
    name: fields.name,
    price: number(fields.price),
    ...(fields.stock === '' ? {} : { stock: number(fields.stock) }),
  };
  const body = JSON.stringify(product);
  if (attempt.body !== body) {
    attempt = { body, key: newKey() };
  }
  const answer = await send(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': attempt.key },
    body,
  });
  showFaults(answer.body?.errors);
  if (!answer.ok) {
    say(answer.body.message, true);
    return;
  }
  attempt = { body: '', key: '' };
  form.reset();
  say(`${answer.body.name} is in the catalogue.`);
  await list();
  byId('code').focus();
}

/** A number where the text is one; else the text, which the server refuses with a reason. @param {any} text */
function number(text) {
  return text === '' ? undefined : Number.isNaN(Number(text)) ? text : Number(text);
}

/** `crypto.randomUUID` exists on https and localhost only. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Shows the first page, or one more. @param {string | null} [cursor] */
async function list(cursor = null) {
  const answer = await send(address + '?limit=20' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
  if (!answer.ok) {
    say(answer.body.message, true);
    return;
  }
  next = answer.body.next;
  more.hidden = next === null;
  const rows = answer.body.items.map(row);
  if (cursor) {
    products.append(...rows);
  } else {
    products.replaceChildren(...rows);
  }
  byId('none').hidden = products.children.length > 0;
}

/** @param {Product} product */
function row(product) {
  const item = document.createElement('li');
  const text = document.createElement('div');
  const name = document.createElement('strong');
  name.textContent = product.name;
  const facts = document.createElement('span');
  facts.className = 'soft';
  facts.textContent = `${product.code} · ${product.price.toFixed(2)}`;
  text.append(name, facts);
  const stock = document.createElement('div');
  stock.className = 'stock';
  const count = document.createElement('output');
  count.textContent = String(product.stock);
  stock.append(
    count,
    button('One more', product, () => change(product, { stock: product.stock + 1 })),
    button('One less', product, () => change(product, { stock: product.stock - 1 })),
    button('Remove', product, () => remove(product)),
  );
  item.append(text, stock);
  return item;
}

/** @param {string} label @param {Product} product @param {() => Promise<void>} run */
function button(label, product, run) {
  const made = document.createElement('button');
  made.className = 'quiet';
  made.textContent = label;
  made.setAttribute('aria-label', `${label}: ${product.name}`);
  made.addEventListener('click', async () => {
    made.disabled = true;
    await run();
    made.disabled = false;
  });
  return made;
}

/** Changes what was seen: the version goes along. @param {Product} product @param {Partial<Product>} fields */
async function change(product, fields) {
  await settle(product, await send(`${address}/${product.id}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': `"${product.version}"` },
    body: JSON.stringify(fields),
  }), (changed) => `${changed.name}: ${changed.stock} in stock.`);
}

/** @param {Product} product */
async function remove(product) {
  await settle(product, await send(`${address}/${product.id}`, {
    method: 'DELETE',
    headers: { 'If-Match': `"${product.version}"` },
  }), () => `${product.name} is gone.`);
}

/** @param {Product} product @param {{ok: boolean, status: number, body: any}} answer @param {(body: any) => string} done */
async function settle(product, answer, done) {
  if (answer.ok) {
    say(done(answer.body));
  } else {
    say(answer.status === 412 ? `${product.name} was changed by somebody else. This is how it is now.`
      : answer.body.message, true);
  }
  if (answer.status !== 0) {
    await list();
  }
}

form.addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const pressed = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
  pressed.disabled = true;
  await add();
  pressed.disabled = false;
});
more.addEventListener('click', () => list(next));
list();

export {};
