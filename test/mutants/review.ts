import type { Mutant } from './mutant.ts';

const FLAGS = 'core/proofs/flags.ts';
const SUBMIT = 'core/proofs/submit-proof.ts';
const DESK = 'adapters/postgres/review-desk.ts';
const PROOFS = 'adapters/postgres/proofs.ts';
const MEMORY_DESK = 'adapters/memory/review-desk.ts';
const CONTRACTS: readonly string[] = ['test/adapters/postgres/contracts.test.ts'];
const ON_POSTGRES: readonly string[] = ['test/adapters/postgres/review.test.ts'];
const test = (name: string): readonly string[] => [`test/core/${name}.test.ts`];

/** Bugs in who reviews what, and in what is noticed about a proof. */
export const IN_REVIEW: readonly Mutant[] = [
  {
    name: 'a second tap decides the case that has just come up',
    edits: [
      {
        file: 'adapters/telegram/dialogue/just-shown.ts',
        find: '< settings.decisionPauseMs',
        replace: '< 0',
      },
    ],
    tests: ['test/adapters/telegram/dialogue/double-tap.test.ts'],
    grep: 'REV-2',
  },
  {
    name: 'a second tap confirms the summary that has just come up',
    edits: [
      {
        file: 'adapters/telegram/dialogue/flow.ts',
        find: "action === 'confirm' || ",
        replace: '',
      },
    ],
    tests: ['test/adapters/telegram/dialogue/double-tap.test.ts'],
    grep: 'CAM-9',
  },
  {
    name: 'a mistyped command is the reason of a rejection',
    edits: [
      {
        file: 'adapters/telegram/bot.ts',
        find: 'text !== undefined && COMMAND.test(text)',
        replace: 'text === COMMAND.source',
      },
    ],
    tests: ['test/adapters/telegram/dialogue/mistyped.test.ts'],
    grep: 'UX-5',
  },
  {
    name: 'a case that somebody has open is given to others',
    edits: [{ file: MEMORY_DESK, find: ' || opened.until <= now', replace: ' || true' }],
    tests: test('review-claims'),
    grep: 'REV-6',
  },
  {
    name: 'a case stays open longer than the settings say',
    edits: [
      {
        file: 'core/proofs/open-case.ts',
        find: 'plusMinutes(now, reviewClaimMinutes)',
        replace: 'plusMinutes(now, reviewClaimMinutes + 1)',
      },
    ],
    tests: test('review-claims'),
    grep: 'REV-6',
  },
  {
    name: 'two admins are given one case at the same time',
    edits: [{ file: DESK, find: 'for no key update of p skip locked', replace: '' }],
    tests: CONTRACTS,
    grep: 'REV-6 twenty admins',
  },
  {
    name: 'the next case is waited for while somebody decides it',
    edits: [{ file: DESK, find: 'update of p skip locked', replace: 'update of p' }],
    tests: ON_POSTGRES,
    grep: 'REV-6 going on',
  },
  {
    name: 'leaving the desk waits for whoever decides what was open',
    edits: [
      {
        file: DESK,
        find: 'for no key update skip locked',
        replace: 'for no key update',
      },
    ],
    tests: ON_POSTGRES,
    grep: 'REV-6 going on',
  },
  {
    name: 'what was open before stays open',
    edits: [{ file: DESK, find: 'await release(admin, next?.id ?? null);', replace: '' }],
    tests: CONTRACTS,
    grep: 'REV-6',
  },
  {
    name: 'an admin is given their own proof',
    edits: [{ file: MEMORY_DESK, find: 'proof.workerId !== admin &&', replace: '' }],
    tests: test('own-things'),
    grep: 'ACC-7',
  },
  {
    name: 'the same file is taken again from one person',
    edits: [{ file: FLAGS, find: 'if (own) throw', replace: 'if (own && !own.id) throw' }],
    tests: test('proof-flags'),
    grep: 'PRF-3',
  },
  {
    name: 'two proofs of a worker at once do not see each other',
    edits: [
      { file: SUBMIT, find: 'import { lockActor }', replace: 'import { requireActor }' },
      { file: SUBMIT, find: 'lockActor(tx,', replace: 'requireActor(tx,' },
    ],
    tests: ON_POSTGRES,
    grep: 'PRF-3',
  },
  {
    name: 'pictures count as similar one bit too late',
    edits: [{ file: FLAGS, find: 'distance > SIMILAR_BITS_MAX', replace: 'distance > 42' }],
    tests: test('proof-flags'),
    grep: 'PRF-3',
  },
  {
    name: 'a post that looks like itself is flagged',
    edits: [{ file: PROOFS, find: 'and c.link_key <> ${exceptLinkKey}', replace: '' }],
    tests: CONTRACTS,
    grep: 'PRF-3',
  },
  {
    name: 'a reversal moves what nobody was shown',
    edits: [
      {
        file: 'core/proofs/reverse-proof.ts',
        find: 'shown !== undefined && shown !== moves',
        replace: 'shown === moves + 1n',
      },
    ],
    tests: test('reversal-preview'),
    grep: 'REV-7',
  },
  {
    name: 'an undone approval counts as a rejection',
    edits: [
      {
        file: 'adapters/postgres/task-wishes.ts',
        find: "and (select e.status from takes e where e.id = p.take_id) = 'rejected'",
        replace: '',
      },
    ],
    tests: CONTRACTS,
    grep: 'TSK-6 counts',
  },
];
