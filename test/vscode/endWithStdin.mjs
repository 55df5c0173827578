// COMMAND ARGS…: runs a command that ends, with its whole process group, when stdin is closed. So nothing of it outlives
// whoever started it, however that one ended. To be started as the leader of a process group.
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('end', () => process.kill(0, 'SIGKILL')).resume();
