import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './tournament.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/**
 * Runs each of these benches in a process of its own, so that what one has left in memory weighs on
 * no other; throws where one does not come to an end.
 */
export const runAll = async (
  names: readonly string[],
  flags: readonly string[],
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [at, name] of names.entries()) {
    process.stderr.write(`${at + 1} of ${names.length}: ${name}\n`);
    outcomes.push(await runOne(name, flags));
  }
  return outcomes;
};

const runOne = async (name: string, flags: readonly string[]): Promise<Outcome> => {
  const child = spawn(process.execPath, [MAIN, name, '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const line = text.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${name} came to no end`);
  return JSON.parse(line) as Outcome;
};
