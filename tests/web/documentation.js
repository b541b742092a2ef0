// @ts-check
// Lays every js block of the documentation into a file of its own, so that the type checker reads what readers copy.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const target = join(root, 'artifacts', 'documentation');

/** @param {string} folder @returns {string[]} */
function pages(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      return ['artifacts', 'node_modules', '.git'].includes(name) ? [] : pages(path);
    }
    return name.endsWith('.md') ? [path] : [];
  });
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
let count = 0;
for (const page of pages(root)) {
  for (const [, block] of readFileSync(page, 'utf8').matchAll(/^```js\n(.*?)^```/gms)) {
    writeFileSync(join(target, `block-${++count}.js`), `// ${relative(root, page)}\n${block}export {};\n`);
  }
}
if (count === 0) {
  throw new Error('The documentation has no js blocks, so nothing would be checked.');
}
