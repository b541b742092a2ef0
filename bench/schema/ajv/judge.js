// Judges pairs for the differential test: a line {schema, documents} comes in, a line of verdicts goes out.
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, documents } = JSON.parse(line);
  let verdicts;
  try {
    const validate = new Ajv2020({ strict: false, validateSchema: false, logger: false }).compile(schema);
    verdicts = documents.map(document => validate(JSON.parse(document)));
  } catch (fault) {
    verdicts = String(fault.message);
  }
  process.stdout.write(JSON.stringify(verdicts) + '\n');
}
