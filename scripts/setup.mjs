// Gets everything in place that a job needs, then runs the job: node scripts/setup.mjs demo|test|bench|all [-- SCRIPT ARGS…]
//
// This file and what it imports statically keep to a syntax that any Node with ES modules can read,
// so that a Node that is too old gets one sentence and not a parse error.
import { nodeVersionProblem } from './setup/nodeVersion.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  import('./setup/main.mjs').then((setup) => setup.main(process.argv.slice(2)));
} else {
  console.error(problem);
  process.exitCode = 1;
}
