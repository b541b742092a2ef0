// @ts-check
// Another hand's client of the protocol: solves a challenge of ours and judges our proofs with altcha-lib.
//   node altcha.js solve <address of the challenge>   writes the proof
//   node altcha.js verify <key> <proof>               writes true or false
import { solveChallenge, verifySolution } from 'altcha-lib/v1';

const [, , task = '', first = '', second = ''] = process.argv;
if (task === 'solve') {
  const answer = await fetch(first);
  /** @type {import('altcha-lib/v1/types').Challenge} */
  const { algorithm, challenge, maxnumber, salt, signature } = await answer.json();
  const solution = await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
  const proof = { algorithm, challenge, number: solution?.number, salt, signature, took: solution?.took };
  process.stdout.write(btoa(JSON.stringify(proof)));
} else {
  process.stdout.write(String(await verifySolution(second, first)));
}
