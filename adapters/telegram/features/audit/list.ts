import type { AuditLine, SliceRequest } from '../../../../core/index.ts';
import { toFilter, type KeptFilter } from '../../audit-filter.ts';
import { press, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { choose, type Move, type Step } from '../../dialogue/flow.ts';
import type { Turn } from '../../turn.ts';
import { cardBehind, type AuditPlace } from './place.ts';

/** Records on one screen. */
const SHOWN = 6;
const A_ROW = 3;

export const isFiltered = (filter: KeptFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

/** What the filter names, in words. */
export const namesOf = async ({ core, actor }: Turn, kept: KeptFilter) => {
  const filter = toFilter(kept);
  const names = await core.audit.describeFilter({ actor, filter });
  return { ...names, subject: kept.subject ?? null, day: filter.day ?? null };
};

const fromOf = ({ key, towards }: AuditPlace): SliceRequest['from'] =>
  key === undefined || towards === undefined ? null : { key, towards };

const openButtons = (turn: Turn, lines: readonly AuditLine[]): Keyboard => {
  const rows: Button[][] = [];
  for (const [at, { id }] of lines.entries()) {
    if (at % A_ROW === 0) rows.push([]);
    rows.at(-1)?.push(choose(turn, String(at + 1), 'open', id));
  }
  return rows;
};

/** At the list that fits the filter, from the newest. */
export const listed = ({ origin }: AuditPlace, filter: KeptFilter): Move<AuditPlace> => ({
  step: 'list',
  data: { filter, origin },
});

const turned =
  (towards: 'older' | 'newer') =>
  (_turn: Turn, { filter, origin }: AuditPlace, key: string | undefined): Move<AuditPlace> => ({
    step: 'list',
    data: { filter, origin, key, towards },
  });

const download = async (turn: Turn, { filter }: AuditPlace): Promise<Move<AuditPlace>> => {
  await turn.core.audit.orderExport({ actor: turn.actor, filter: toFilter(filter) });
  turn.sendAudit(filter);
  turn.answer(turn.texts.audit.ordered);
  return 'left';
};

/** Home, and before it the card that the log was opened from. */
const homeRow = ({ texts: { labels } }: Turn, place: AuditPlace): readonly Button[] => {
  const card = cardBehind(place);
  const home = press(labels.home, CODES.home);
  return card === undefined ? [home] : [{ label: labels.back, data: card }, home];
};

/** The records that fit the filter, part by part; the filter stays (AUD-3). */
export const listStep: Step<AuditPlace> = {
  draw: async (turn, place) => {
    const { core, actor, texts } = turn;
    const { audit: say } = texts;
    const { filter } = place;
    const { items, older, newer } = await core.audit.browse({
      actor,
      filter: toFilter(filter),
      slice: { from: fromOf(place), size: SHOWN },
    });
    const pager = [
      ...(newer === null ? [] : [choose(turn, say.newer, 'newer', newer)]),
      ...(older === null ? [] : [choose(turn, say.older, 'older', older)]),
    ];
    const rows: Keyboard = [
      ...openButtons(turn, items),
      pager,
      [
        choose(turn, say.filter, 'filter'),
        ...(isFiltered(filter) ? [choose(turn, say.clear, 'clear')] : []),
      ],
      items.length > 0 ? [choose(turn, say.download, 'download')] : [],
      homeRow(turn, place),
    ];
    return {
      text: say.list(items, await namesOf(turn, filter)),
      keyboard: rows.filter((row) => row.length > 0),
    };
  },
  buttons: {
    older: turned('older'),
    newer: turned('newer'),
    filter: (_turn, { filter, origin }) => ({ step: 'filter', data: { filter, origin } }),
    clear: (_turn, place) => listed(place, {}),
    open: (_turn, place, record) => ({ step: 'record', data: { ...place, record } }),
    download,
  },
};

const recordOf = ({ core, actor }: Turn, { record }: AuditPlace): Promise<AuditLine> =>
  core.audit.show({ actor, id: record ?? '' });

/** Of whom a record is, where it was a person. */
const personBehind = ({ actor }: AuditLine) => /^user:(.+)$/.exec(actor)?.[1];

const about =
  (filterOf: (line: AuditLine) => object) =>
  async (turn: Turn, place: AuditPlace): Promise<Move<AuditPlace>> =>
    listed(place, filterOf(await recordOf(turn, place)));

/** One record, with all that it says (AUD-3). */
export const recordStep: Step<AuditPlace> = {
  draw: async (turn, place) => {
    const { audit: say, labels } = turn.texts;
    const line = await recordOf(turn, place);
    const { concerns, campaign } = line;
    const rows: Keyboard = [
      concerns ? [choose(turn, say.ofPerson, 'of-person')] : [],
      personBehind(line) === undefined ? [] : [choose(turn, say.ofActor, 'of-actor')],
      campaign ? [choose(turn, say.ofCampaign, 'of-campaign')] : [],
      [choose(turn, labels.back, 'back'), press(labels.home, CODES.home)],
    ];
    return { text: say.card(line), keyboard: rows.filter((row) => row.length > 0) };
  },
  buttons: {
    'of-person': about(({ concerns }) => ({ userId: concerns?.userId })),
    'of-actor': about((line) => ({ actorId: personBehind(line) })),
    'of-campaign': about(({ campaign }) => ({ campaignId: campaign?.id })),
  },
  back: 'list',
};
