import type { Fault, SandboxClient } from '../../adapters/sandbox/index.ts';
import type { Dice } from '../support/dice.ts';

/** A fault by its name in the figures. */
export interface PlannedFault {
  readonly name: string;
  readonly fault: Omit<Fault, 'chatId' | 'method'>;
}

/** Longer than the bot waits for an answer. */
const HUNG_MS = 11_500;

/** Of a hundred faults so many are of each kind; the connection is cut after what hung. */
const MIX: readonly (PlannedFault & { readonly share: number })[] = [
  { name: '500', share: 30, fault: { errorCode: 500 } },
  { name: '502 with a page', share: 18, fault: { errorCode: 502, asPage: true } },
  { name: '429', share: 8, fault: { errorCode: 429, retryAfter: 1 } },
  { name: 'dropped before', share: 18, fault: { dropBefore: true } },
  { name: 'dropped after delivery', share: 20, fault: { dropAfter: true } },
  { name: 'hung', share: 3, fault: { delayMs: HUNG_MS, dropBefore: true } },
  { name: 'hung, delivered', share: 3, fault: { delayMs: HUNG_MS, dropAfter: true } },
];

/** So many faults in this mix, at least one of each kind. */
export const planFaults = (count: number, hangs: boolean): readonly PlannedFault[] => {
  const mix = MIX.filter(({ fault }) => hangs || fault.delayMs === undefined);
  const shares = mix.reduce((sum, { share }) => sum + share, 0);
  return mix.flatMap(({ share, name, fault }) =>
    Array.from({ length: Math.max(1, Math.round((count * share) / shares)) }, () => ({
      name,
      fault,
    })),
  );
};

/** Each fault waits for one of these people's next messages, no more than `each` for one person. */
export const spreadFaults = async (
  client: SandboxClient,
  planned: readonly PlannedFault[],
  {
    people,
    each,
    dice,
  }: { readonly people: readonly number[]; readonly each: number; readonly dice: Dice },
): Promise<void> => {
  const places = dice.shuffled(people.flatMap((id) => Array<number>(each).fill(id)));
  if (places.length < planned.length) throw new Error('more faults than messages');
  for (const [index, { fault }] of planned.entries()) {
    await client.fault({ ...fault, method: 'sendMessage', chatId: places[index] ?? 0 });
  }
};
