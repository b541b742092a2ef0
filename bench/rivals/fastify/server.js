// Fastify 5 + its own ajv + better-sqlite3, doing what a contact endpoint of Postroom does: validate, then store the
// document with its key, fingerprint and answer, durably, and only then say 201; a known key gets its first answer.
//
//   node server.js PORT DATA-FOLDER turn|request
//
// turn: one commit for all that arrived in one turn of the event loop. request: one commit for each request.
import {hash} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const [port, folder, commit] = process.argv.slice(2);
if (!port || !folder || !['turn', 'request'].includes(commit)) {
  console.error('usage: node server.js PORT DATA-FOLDER turn|request');
  process.exit(2);
}

mkdirSync(folder, {recursive: true});
const database = new Database(join(folder, 'rival.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.pragma('cache_size = -65536');
database.pragma('wal_autocheckpoint = 8000'); // random keys touch many pages: the default of 1000 makes it slower
database.exec(`
  CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    fingerprint BLOB NOT NULL,
    document TEXT NOT NULL,
    answer TEXT NOT NULL,
    received INTEGER NOT NULL
  )`);

const insert = database.prepare(`
  INSERT INTO entries (id, key, fingerprint, document, answer, received) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (key) DO NOTHING`);
const select = database.prepare('SELECT fingerprint, answer FROM entries WHERE key = ?');
const begin = database.prepare('BEGIN IMMEDIATE');
const commitAll = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
let lastId = database.prepare('SELECT coalesce(max(id), 0) AS id FROM entries').get().id;

function store(post) {
  const {changes} = insert.run(
    post.id, post.key, post.fingerprint, post.document, post.answer, post.received);
  if (changes === 1) {
    return {status: 201, body: post.answer};
  }

  const first = select.get(post.key);
  return first.fingerprint.equals(post.fingerprint)
    ? {status: 201, body: first.answer}
    : {status: 422, body: '{"code":"idempotency-key-reused"}'};
}

let waiting = [];

function flush() {
  const batch = waiting;
  waiting = [];
  let outcomes;
  try {
    begin.run();
    outcomes = batch.map(store);
    commitAll.run();
  } catch (error) {
    if (database.inTransaction) {
      rollback.run();
    }
    batch.forEach((post) => post.reject(error));
    return;
  }
  batch.forEach((post, index) => post.resolve(outcomes[index]));
}

function storeWithTurn(post) {
  return new Promise((resolve, reject) => {
    post.resolve = resolve;
    post.reject = reject;
    if (waiting.push(post) === 1) {
      setImmediate(flush);
    }
  });
}

const save = commit === 'turn' ? storeWithTurn : store;

const app = Fastify({ajv: {customOptions: {coerceTypes: false, removeAdditional: false}}});
const parse = app.getDefaultJsonParser('error', 'error');
app.decorateRequest('raw_body', '');
app.removeContentTypeParser('application/json');
app.addContentTypeParser('application/json', {parseAs: 'string'}, (request, body, done) => {
  request.raw_body = body;
  parse(request, body, done);
});

const schema = {
  headers: {
    type: 'object',
    required: ['idempotency-key'],
    properties: {'idempotency-key': {type: 'string', minLength: 16, maxLength: 255}},
  },
  body: {
    type: 'object',
    required: ['name', 'email'],
    properties: {
      name: {type: 'string', minLength: 1, maxLength: 200},
      email: {type: 'string', format: 'email'},
      message: {type: 'string', maxLength: 5000},
    },
  },
};

app.post('/api/contact', {schema}, async (request, reply) => {
  const id = ++lastId;
  const outcome = await save({
    id,
    key: request.headers['idempotency-key'],
    fingerprint: hash('sha256', request.raw_body, 'buffer'),
    document: request.raw_body,
    answer: JSON.stringify({id, message: `Thank you for contacting us, ${request.body.name}!`}),
    received: Date.now(),
  });
  reply.code(outcome.status).header('content-type', 'application/json; charset=utf-8');
  return outcome.body;
});

await app.listen({port: Number(port), host: '127.0.0.1'});
