import type { Mutant } from './mutant.ts';

const test = (name: string): readonly string[] => [`test/adapters/telegram/${name}.test.ts`];
const LANES = 'adapters/telegram/updates/lane-worker.ts';

/** Bugs on the way from an update to an answer. */
export const IN_BOT: readonly Mutant[] = [
  {
    name: 'updates are acknowledged before they are stored',
    edits: [
      {
        file: 'adapters/telegram/updates/receive.ts',
        find: 'const lanes = await inbox.receive(',
        replace: 'const lanes: readonly number[] = [];\n    void inbox.receive(',
      },
    ],
    tests: test('updates/receive'),
    grep: 'OPS-3',
  },
  {
    name: 'Telegram hears of a batch that could not be stored',
    edits: [
      {
        file: 'adapters/telegram/updates/long-poll.ts',
        find: 'await receive(updates).catch((cause: unknown) => {',
        replace:
          'await receive(updates).catch((cause: unknown) => {\n    if (updates.length > 0) return;',
      },
    ],
    tests: test('updates/long-poll'),
    grep: 'OPS-3',
  },
  {
    name: 'the rate limit drops a file',
    edits: [
      {
        file: 'adapters/telegram/updates/tempo.ts',
        find: "word.kind === 'file' && isAwaited(router, conversation)",
        replace: "word.kind === 'file' && !isAwaited(router, conversation)",
      },
    ],
    tests: test('updates/tempo'),
    grep: 'SEC-3',
  },
  {
    name: 'there is no rate limit',
    edits: [
      {
        file: 'core/channel/tempo.ts',
        find: 'if (used > latest - costMs) {',
        replace: 'if (used > latest) {',
      },
    ],
    tests: test('updates/tempo'),
    grep: 'SEC-3',
  },
  {
    name: 'what people write is not escaped',
    edits: [
      {
        file: 'adapters/telegram/html.ts',
        find: 'return escapeHtml(letters',
        replace: 'return trusted(letters',
      },
    ],
    tests: [...test('texts/texts'), ...test('account/account')],
    grep: 'SEC-1',
  },
  {
    name: 'people see the screen of another role',
    edits: [
      {
        file: 'adapters/telegram/features/account/home.ts',
        find: 'keyboard: homeKeyboard(turn, { ...turn.user, role }, waiting)',
        replace:
          "keyboard: homeKeyboard(turn, { ...turn.user, role: role === 'worker' ? 'admin' : role }, waiting)",
      },
    ],
    tests: test('account/account'),
    grep: 'UX-6',
  },
  {
    name: 'an admin is offered every desk',
    edits: [
      {
        file: 'adapters/telegram/delivery/menu.ts',
        find: 'return needed === undefined || isPermitted(user, needed);',
        replace: 'return needed === undefined || user.permissions.length > 0;',
      },
    ],
    tests: test('account/permissions'),
    grep: 'ADM-1',
  },
  {
    name: 'the keyboard does not follow the rights',
    edits: [
      {
        file: 'adapters/telegram/delivery/send-notice.ts',
        find: 'if (CHANGING_MENUS.has(notice.kind)) await sendMenu(ports, recipient);',
        replace: '',
      },
    ],
    tests: test('account/permissions'),
    grep: 'ADM-1',
  },
  {
    name: 'an update is parked at its first failure',
    edits: [{ file: LANES, find: 'const TRIES_MAX = 5;', replace: 'const TRIES_MAX = 1;' }],
    tests: test('updates/lane'),
    grep: 'OPS-3',
  },
  {
    name: 'an outage parks updates',
    edits: [
      {
        file: LANES,
        find: 'const counts = !ports.isOutage(error);',
        replace: 'const counts = true;',
      },
    ],
    tests: test('updates/lane'),
    grep: 'OPS-3',
  },
  {
    name: 'an update that was handled meanwhile is handled again',
    edits: [
      {
        file: LANES,
        find: '      if (only && taken.updateId !== only.updateId) return undefined;\n',
        replace: '',
      },
    ],
    tests: test('updates/files'),
    grep: 'OPS-4 what another process',
  },
  {
    name: 'secrets are stored with an error',
    edits: [
      {
        file: LANES,
        find: 'redact(error instanceof Error ? error.message : String(error))',
        replace: '(error instanceof Error ? error.message : String(error) || redact(""))',
      },
    ],
    tests: test('updates/lane'),
    grep: 'SEC-4',
  },
  {
    name: 'a refusal undoes nothing of what it did',
    edits: [
      {
        file: 'core/create-core.ts',
        find: 'run: (work) => tx.savepoint(work)',
        replace: 'run: (work) => work(tx)',
      },
    ],
    tests: ['test/core/idempotency.test.ts'],
    grep: 'Use cases inside a transaction',
  },
  {
    name: 'an answer is owed anew each time an update is handled',
    edits: [
      {
        file: 'adapters/telegram/updates/owe.ts',
        find: 'dedupeKey: `update:${update.botId}:${update.updateId}:${about}`',
        replace: 'dedupeKey: `update:${ids.next()}:${about}`',
      },
    ],
    tests: test('updates/one-effect'),
    grep: 'NTF-2 an answer',
  },
  {
    name: 'a notice is told again whenever its change is tried again',
    edits: [
      {
        file: 'core/outbox/notify.ts',
        find: 'dedupeKey: `${key}:${to}`',
        replace: 'dedupeKey: `${key}:${to}:${ids.next()}`',
      },
    ],
    tests: [
      'test/core/notices.test.ts',
      'test/core/campaigns.test.ts',
      'test/core/audit-chain.test.ts',
    ],
    grep: 'NTF-|AUD-2',
  },
];
