import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { handleUpdate } from '../../adapters/telegram/updates/handle-update.ts';
import {
  workLane,
  type LaneFailure,
  type LaneWorkerPorts,
  type UpdateDone,
} from '../../adapters/telegram/updates/lane-worker.ts';
import { receiveUpdates } from '../../adapters/telegram/updates/receive.ts';
import type { TapAnswers } from '../../adapters/telegram/updates/tap-answers.ts';
import type { PreparedFile } from '../../adapters/telegram/turn.ts';
import {
  asUser,
  createCore,
  noticeFromJson,
  type Json,
  type OwnRole,
  type Settings,
  type User,
} from '../../core/index.ts';
import { freshNumber } from './builders.ts';
import { pocketTelegram, type ShownAnswer } from './pocket-telegram.ts';
import { BOT_ID, aRouter } from './router.ts';

type Fields = { readonly [key: string]: Json };

export interface RigOptions {
  readonly settings?: Partial<Settings>;
  /** Whether a tap may still be answered with its result. */
  readonly claim?: TapAnswers['claim'];
  /** What is different about the worker. */
  readonly worker?: (usual: LaneWorkerPorts) => Partial<LaneWorkerPorts>;
}

export type LaneRig = ReturnType<typeof aLaneRig>;

/**
 * Receiver, inbox, lane worker and features over memory ports, a step at a time. What goes out is
 * read from the outbox; nothing is sent but answers to taps.
 */
export const aLaneRig = ({
  settings = {},
  claim = () => true,
  worker = () => ({}),
}: RigOptions = {}) => {
  const ports = createMemoryPorts({ settings: { decisionPauseMs: 0, ...settings } });
  const core = createCore(ports);
  const pocket = pocketTelegram();
  const router = aRouter();
  const given: ShownAnswer[] = [];
  const failures: LaneFailure[] = [];
  const dones: Omit<UpdateDone, 'ms'>[] = [];
  const expected: string[] = [];
  const answers: TapAnswers = {
    expect: (queryId) => expected.push(queryId),
    claim,
    give: async (_queryId, { text, alert }) => void given.push({ text, alert }),
    stop: async () => {},
  };
  const handle = handleUpdate({ core, clock: ports.clock, ids: ports.ids, router, answers });
  const usual: LaneWorkerPorts = {
    botId: BOT_ID,
    ...ports,
    core,
    router,
    handle,
    answers,
    telegram: pocket.telegram,
    prepare: async ({ file }) => aStored(file.uniqueId) as unknown as Json,
    isOutage: () => false,
    redact: (text) => text,
    onFailure: (failure) => failures.push(failure),
    onHandled: () => {},
    onOrder: () => {},
    onDone: ({ kind, outcome }) => dones.push({ kind, outcome }),
  };
  const work = workLane({ ...usual, ...worker(usual) });
  const receive = receiveUpdates({
    botId: BOT_ID,
    ...ports,
    answers,
    onLanes: () => {},
  });
  const drain = async (lane: number): Promise<void> => {
    while (await work(lane));
  };
  return {
    core,
    ports,
    pocket,
    work,
    receive,
    drain,
    clock: ports.clock,
    /** Answers to taps, oldest first. */
    given,
    failures,
    dones,
    /** Taps that were registered on arrival. */
    expected,
    person: (role?: OwnRole) => aPerson({ core, ports, receive, drain }, role),
  };
};

const aStored = (uniqueId: string): PreparedFile => ({
  ok: true,
  file: {
    path: `${uniqueId}.jpg`,
    sha256Received: uniqueId,
    sha256Stored: uniqueId,
    perceptualHash: null,
    size: 1,
    type: 'image/jpeg',
    channelFileId: uniqueId,
  },
});

interface Parts extends Pick<LaneRig, 'core' | 'ports'> {
  receive(updates: readonly unknown[]): Promise<void>;
  drain(lane: number): Promise<void>;
}

/** Somebody who has accepted the terms; without a role somebody unknown. */
const aPerson = async ({ core, ports, receive, drain }: Parts, role?: OwnRole) => {
  const telegramId = freshNumber();
  const user = role && (await registered({ core }, telegramId, role));
  const from = { id: telegramId, is_bot: false, first_name: 'Budi', language_code: 'id' };
  const chat = { id: telegramId, type: 'private' };
  const message = (fields: Fields, at = ports.clock.now()): Fields => ({
    message_id: freshNumber(),
    date: Math.floor(at.getTime() / 1_000),
    chat,
    from,
    ...fields,
  });
  const update = (fields: Fields): Fields => ({ update_id: freshNumber(), ...fields });
  const text = (words: string, at?: Date) => update({ message: message({ text: words }, at) });
  const photo = (album?: string) => {
    const id = `file-${freshNumber()}`;
    const group = album === undefined ? {} : { media_group_id: album };
    return update({ message: message({ photo: [{ file_id: id, file_unique_id: id }], ...group }) });
  };
  const tap = (data: string) =>
    update({ callback_query: { id: `q-${freshNumber()}`, from, chat_instance: '1', data } });
  const send = async (...updates: readonly Fields[]): Promise<void> => {
    await receive(updates);
    await drain(telegramId);
  };
  const mine = (kind: string) =>
    ports
      .outboxMessages()
      .filter((one) => one.to === user?.id && one.kind === kind && one.payload !== null);
  return {
    telegramId,
    user: user as User,
    update,
    message,
    text,
    photo,
    tap,
    send,
    from,
    chat,
    /** What each screen said, oldest first; of those that wait for the sender only the newest. */
    screens: () => mine('screen').map(({ payload }) => (payload as { text: string }).text),
    /** The data of the newest screen's buttons. */
    buttons: () =>
      (
        mine('screen').at(-1)?.payload as
          { keyboard: readonly (readonly { data: string }[])[] } | undefined
      )?.keyboard
        .flat()
        .map(({ data }) => data) ?? [],
    /** Lines in messages of their own. */
    notes: () => mine('note').map(({ payload }) => (payload as { text: string }).text),
    notices: () => mine('notice').map(({ payload }) => noticeFromJson(payload)),
    dialogue: () => ports.unitOfWork.run((tx) => tx.conversations.find((user as User).id)),
  };
};

export type RigPerson = Awaited<ReturnType<typeof aPerson>>;

const registered = async (
  { core }: Pick<Parts, 'core'>,
  telegramId: number,
  role: OwnRole,
): Promise<User> => {
  const names = { username: null, displayName: 'Budi', languageCode: 'id' };
  const { user } = await core.users.register({ telegramId, ...names });
  const actor = asUser(user.id);
  const { termsVersion: version } = await core.settings.current();
  await core.users.acceptTerms({ actor, version });
  await core.users.chooseRole({ actor, role });
  return user;
};
