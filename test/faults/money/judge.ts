import type { Orm, PostgresPorts } from '../../../adapters/postgres/index.ts';
import type { MessageView, Sandbox } from '../../../adapters/sandbox/index.ts';
import { ledgerFlaws } from '../../support/sound-books.ts';
import { noticeOf, type Button, type Pressable } from '../presses.ts';
import { compare } from './audit.ts';
import { booksOf, type Happened, type Terms } from './books.ts';
import type { Operation, OperationOf } from './operations.ts';
import { findHappened, readStored, type Stored } from './stored.ts';

/** All that a run has done and left behind. */
export interface Evidence {
  readonly done: readonly Happened[];
  /** Sent, and never answered. */
  readonly abandoned: readonly Operation[];
  readonly buttons: readonly Button[];
  readonly terms: Terms;
  readonly orm: Orm;
  readonly ports: Pick<PostgresPorts, 'ledgerReader'>;
  readonly sandbox: Sandbox;
}

export interface Verdict {
  readonly figures: Readonly<Record<string, string | number>>;
  readonly abandonedHappened: number;
  /** Notices that somebody read more than once. */
  readonly readTwice: number;
  readonly losses: readonly string[];
}

/** Looks every operation up by its key, and every row for an operation that asked for it. */
export const judge = async (evidence: Evidence): Promise<Verdict> => {
  const { done, abandoned, buttons, terms, orm, ports, sandbox } = evidence;
  const stored = await readStored(orm);
  const pressed = lookUp(
    buttons.map(({ operation }) => operation),
    stored,
    done,
  );
  const others = lookUp(abandoned, stored, [...done, ...pressed.happened]);
  const books = booksOf([...done, ...pressed.happened, ...others.happened], terms);
  const notices = await readOnPhones(sandbox, pressed.happened);
  return {
    abandonedHappened: others.happened.length,
    readTwice: notices.twice,
    figures: {
      'transactions looked up by key': books.entries.size,
      'audit rows looked up': [...books.audits.values()].reduce((sum, times) => sum + times, 0),
      'messages looked up by key': books.notices.size,
      'notices read on phones': notices.read,
      'notices read more than once': notices.twice,
    },
    losses: [
      ...pressed.missing.map((what) => `lost: ${what.kind} ${what.id} was pressed and taken in`),
      ...compare(books, stored),
      ...notices.losses,
      ...(await ledgerFlaws(ports.ledgerReader)),
    ],
  };
};

const lookUp = <O extends Operation>(
  operations: readonly O[],
  stored: Stored,
  known: readonly Happened[],
): { readonly happened: readonly Happened[]; readonly missing: readonly O[] } => {
  const isTake = ({ operation }: Happened) => operation.kind === 'task.take';
  const taken = new Set(known.filter(isTake).map(({ id }) => id));
  const found = operations.map((operation) => ({
    operation,
    id: findHappened(stored, operation, taken),
  }));
  return {
    happened: found.filter((one): one is { operation: O; id: string } => one.id !== undefined),
    missing: found.filter(({ id }) => id === undefined).map(({ operation }) => operation),
  };
};

type Approval = OperationOf<'deposit.approve'> & Pressable;

/** Each client of an approved top-up must have read of it; more than once only after a kill. */
const readOnPhones = async (
  { client }: Sandbox,
  happened: readonly Happened[],
): Promise<{ readonly read: number; readonly twice: number; readonly losses: string[] }> => {
  const people = await client.people();
  const chats = await Promise.all(people.map(({ id }) => client.chat(id)));
  const messages = chats.flatMap((chat) => chat.messages.filter(({ from }) => from === 'bot'));
  const approvals = happened
    .map(({ operation }) => operation)
    .filter((operation): operation is Approval => operation.kind === 'deposit.approve');
  const copies = approvals.map((approval) => copiesOf(approval, messages));
  return {
    read: copies.filter((count) => count > 0).length,
    twice: copies.filter((count) => count > 1).length,
    losses: approvals
      .filter((_approval, index) => copies[index] === 0)
      .map(({ id }) => `unread: nobody heard that deposit ${id} was approved`),
  };
};

const copiesOf = (approval: Approval, messages: readonly MessageView[]): number => {
  const notice = noticeOf(approval);
  return messages.filter(({ text }) => notice.test(text)).length;
};
