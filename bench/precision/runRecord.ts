import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import type { BenchOptions } from '../benchOptions';

export interface RecordedRun {
  /** Under this name its record is kept below `.insights-comparison/bench/precision`: a broken-off bench goes on where it was. */
  readonly name: string;
  readonly words: readonly string[];
}

/** Runs one comparison through the command line, as a user would, unless its record is kept from before. */
export async function runRecord({ name, words }: RecordedRun, options: BenchOptions): Promise<ComparisonRecord> {
  const folder = path.join(options.root, '.insights-comparison', 'bench', 'precision');
  mkdirSync(folder, { recursive: true });
  const kept = path.join(folder, `${name}.json`);
  if (!existsSync(kept)) {
    options.say(`running ${name}: ${words.join(' ')}`);
    writeFileSync(
      kept,
      await recordOf([
        process.execPath,
        path.join(options.root, 'dist', 'cli.js'),
        ...words,
        '--json',
        '--quiet',
        '--out',
        folder,
      ]),
    );
  }
  return recordSchema.parse(JSON.parse(readFileSync(kept, 'utf8')));
}

async function recordOf([program = '', ...words]: readonly string[]): Promise<string> {
  const python = process.env['INSIGHTS_COMPARISON_SAMPLE_PYTHON'] ?? '';
  const child = spawn(program, words, {
    env: { ...process.env, INSIGHTS_COMPARISON_PYTHON: python },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The comparison ended with ${code}:\n${Buffer.concat(errors).toString()}`);
  return Buffer.concat(output).toString();
}
