// Measures ajv in a loop of its own. A line {schema, document, repeats, work} comes in, the nanoseconds of processor
// time for one document go out. The compiled schema is kept from line to line.
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const compiled = new Map();
const compile = (schema, allErrors) => addFormats(new Ajv2020({ allErrors, strict: false })).compile(schema);
const validator = (text, allErrors) => {
  const key = allErrors + text;
  if (!compiled.has(key)) compiled.set(key, compile(JSON.parse(text), allErrors));
  return compiled.get(key);
};

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, document, repeats, work, expected } = JSON.parse(line);
  const validate = work === 'compile' ? null : validator(schema, !expected);
  const parsed = JSON.parse(document);
  const run = {
    validate: () => validate(parsed),
    both: () => validate(JSON.parse(document)),
    compile: () => (compile(JSON.parse(schema), false), expected),
  }[work];
  const start = process.cpuUsage();
  let wrong = 0;
  for (let repeat = 0; repeat < repeats; repeat++) if (run() !== expected) wrong++;
  const { user, system } = process.cpuUsage(start);
  process.stdout.write((wrong ? -1 : (user + system) * 1000 / repeats) + '\n');
}
