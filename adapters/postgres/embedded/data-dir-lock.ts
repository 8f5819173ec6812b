import { randomUUID } from 'node:crypto';
import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive } from './process.ts';

/** Held while this process uses a data directory. */
export interface DataDirLock {
  release(): void;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  /** Which pids the pid is one of: machine, boot and container. */
  readonly machine: string;
  /** When the process began: a pid is given again, the pair is not. */
  readonly born: string;
}

const BEAT_MS = 2_000;
const SILENCE_MS = 7_000;

/**
 * Takes the lock of a data directory, or refuses when another Upah holds it. Two servers on one
 * cluster would destroy it. A holder that died without a word is recognised: on this machine by its
 * process, on another one (a container that shares the directory) by its missing heartbeat.
 */
export async function lockDataDir(dir: string, log: (line: string) => void): Promise<DataDirLock> {
  const file = join(dir, 'upah.lock');
  const me: Holder = {
    id: randomUUID(),
    pid: process.pid,
    machine: thisMachine(),
    born: birthOf(process.pid),
  };
  while (!create(file, me)) {
    const text = read(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder && (await holds(holder, file, log))) {
      throw new Error(
        `another Upah is running on this DATA_DIR (${dir}), pid ${holder.pid}: stop that one first`,
      );
    }
    removeStale(file, text);
  }
  const beat = setInterval(() => touch(file), BEAT_MS).unref();
  const release = (): void => {
    clearInterval(beat);
    process.off('exit', release);
    if (parse(read(file) ?? '')?.id === me.id) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return { release };
}

/** The file appears with its content in it or not at all. */
function create(file: string, me: Holder): boolean {
  const unfinished = `${file}.${me.id}`;
  writeFileSync(unfinished, `${JSON.stringify(me)}\n`);
  try {
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function holds(holder: Holder, file: string, log: (line: string) => void): Promise<boolean> {
  if (holder.machine === thisMachine()) {
    return alive(holder.pid) && holder.born === birthOf(holder.pid);
  }
  log(`${file} was left by another machine, container or boot: waiting for a sign of life`);
  const before = modified(file);
  await sleep(SILENCE_MS);
  return modified(file) !== before;
}

/** Of two that find the same stale file, the slower must not remove the faster one's new file. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else did
  }
  try {
    if (read(aside) !== text) linkSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const modified = (file: string): number | undefined =>
  statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // removed by hand: nothing to keep alive
  }
}

function thisMachine(): string {
  const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return [hostname(), boot, pidNamespace()].join(' ');
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Field 22 of /proc/pid/stat; empty where there is no /proc. */
function birthOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
