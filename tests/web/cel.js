// @ts-check
// Writes the conformance tests of CEL, in the words of its protocol buffers, as one array of JSON.
import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';

/** @type {object[]} */
const found = [];

/** @param {any} suite @param {string} path */
function collect(suite, path) {
  for (const { original: test } of suite.tests ?? []) {
    found.push({
      name: `${path}${test.name}`,
      expr: test.expr,
      // A test without any expectation expects true.
      value: test.value ?? test.typedResult?.result ?? (test.typedResult || test.evalError ? undefined : { boolValue: true }),
      isError: test.evalError !== undefined,
      bindings: test.bindings ?? {},
      types: Object.fromEntries((test.typeEnv ?? []).map((/** @type {any} */ each) => [each.name, each.ident?.type])),
      container: test.container ?? '',
    });
  }
  for (const below of suite.suites ?? []) {
    collect(below, `${path}${below.name}/`);
  }
}

collect(tests, '');
process.stdout.write(JSON.stringify(found));
