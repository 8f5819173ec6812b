import {
  AUDIT_SUBJECTS,
  DAY_MS,
  plusMs,
  readLink,
  requireText,
  type AuditSubject,
  type CampaignId,
  type LinkedCampaign,
  type UserId,
} from '../../../../core/index.ts';
import { dayOf, type KeptFilter } from '../../audit-filter.ts';
import { longId, NEXT_PAGE, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { campaignIn } from '../../deep-links.ts';
import { mayUse } from '../../delivery/menu.ts';
import { backAndCancel, choose, type Move, type Step } from '../../dialogue/flow.ts';
import { escapeHtml, lines, trusted } from '../../html.ts';
import { findPage } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import { shortName } from '../../texts/people.ts';
import type { Turn } from '../../turn.ts';
import { isFiltered, listed, namesOf } from './list.ts';
import { asDay, readDay, type AuditPlace } from './place.ts';

/** As long as a name may be. */
const NAME_MAX = 64;
/** As long as a link may be. */
const LINK_MAX = 2_000;
/** More admins than a team has. */
const ADMINS_MAX = 40;

const inTwos = (buttons: readonly Button[]): Keyboard =>
  buttons.flatMap((_button, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []));

/** Back at what to filter by, with one more thing named. */
const named = ({ filter, origin }: AuditPlace, more: KeptFilter): Move<AuditPlace> => ({
  step: 'filter',
  data: { filter: { ...filter, ...more }, origin },
});

const asking =
  (step: string) =>
  (_turn: Turn, { filter, origin }: AuditPlace): Move<AuditPlace> => ({
    step,
    data: { filter, origin },
  });

/** The steps behind the buttons, and what each of them names. */
const QUESTIONS = {
  person: 'userId',
  admin: 'actorId',
  campaign: 'campaignId',
  kind: 'subject',
  day: 'day',
} as const satisfies Readonly<Record<string, keyof KeptFilter>>;

/** What to filter by; a chosen one is let go with a second tap. */
export const filterStep: Step<AuditPlace> = {
  draw: async (turn, { filter }) => {
    const { audit: say, labels } = turn.texts;
    const button = (question: keyof typeof QUESTIONS, label: string): Button => {
      const isChosen = filter[QUESTIONS[question]] !== undefined;
      return isChosen
        ? choose(turn, say.chosen(label), 'drop', question)
        : choose(turn, label, question);
    };
    const rows: Keyboard = [
      [
        // Without the right to search people, their records are found from a record of theirs.
        ...(mayUse(turn.user, 'people') || filter.userId ? [button('person', say.byPerson)] : []),
        button('admin', say.byAdmin),
      ],
      [button('campaign', say.byCampaign), button('kind', say.byKind)],
      [button('day', say.byDay), ...(isFiltered(filter) ? [choose(turn, say.clear, 'clear')] : [])],
      [choose(turn, say.showAll, 'show')],
      [choose(turn, labels.back, 'back'), choose(turn, labels.cancel, 'cancel')],
    ];
    return { text: say.filtering(await namesOf(turn, filter)), keyboard: rows };
  },
  buttons: {
    ...Object.fromEntries(Object.keys(QUESTIONS).map((step) => [step, asking(step)])),
    drop: (_turn, place, question = '') => {
      const name = QUESTIONS[question as keyof typeof QUESTIONS];
      return named(place, { [name]: undefined });
    },
    clear: (_turn, { origin }) => ({ step: 'filter', data: { filter: {}, origin } }),
    show: (_turn, place) => listed(place, place.filter),
  },
  back: 'list',
};

/** Whose records: typed @username, name or id, then chosen (ADM-3). */
export const personStep: Step<AuditPlace> = {
  draw: (turn, place) =>
    place.text === undefined
      ? { text: turn.texts.audit.askPerson, keyboard: [backAndCancel(turn)] }
      : people(turn, place.text, place.page),
  text: (_turn, { filter, origin }, text) => ({
    step: 'person',
    data: { filter, origin, text: requireText(text, NAME_MAX) },
  }),
  buttons: {
    page: (_turn, place, page) => ({ step: 'person', data: { ...place, page: Number(page) } }),
    pick: (_turn, place, short) => named(place, { userId: longId<UserId>(short) }),
  },
  back: 'filter',
};

const people = async (turn: Turn, text: string, page = 0): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const { audit: say } = texts;
  const found = await findPage(String(page), (asked) =>
    core.users.search({ actor, text, page: asked }),
  );
  const goesOn = found.page + 1 < found.pageCount;
  return {
    text: say.people(found, text),
    keyboard: [
      ...found.items.map((one) => [choose(turn, say.personButton(one), 'pick', shortId(one.id))]),
      ...(goesOn ? [[choose(turn, NEXT_PAGE, 'page', String(found.page + 1))]] : []),
      backAndCancel(turn),
    ],
  };
};

/** Whose deeds: one of those who are admins now. */
export const adminStep: Step<AuditPlace> = {
  draw: async (turn) => {
    const { core, actor, texts } = turn;
    const admins = await core.audit.admins({ actor });
    const buttons = admins
      .slice(0, ADMINS_MAX)
      .map(({ userId, displayName }) =>
        choose(turn, shortName({ displayName }), 'pick', shortId(userId)),
      );
    return { text: texts.audit.askAdmin, keyboard: [...inTwos(buttons), backAndCancel(turn)] };
  },
  buttons: {
    pick: (_turn, place, short) => named(place, { actorId: longId<UserId>(short) }),
  },
  back: 'filter',
};

/** A campaign by the link that its tasks are on, or by the one that shares it. */
export const campaignStep: Step<AuditPlace> = {
  draw: async (turn, { text: link }) => {
    const { audit: say } = turn.texts;
    if (link === undefined) return { text: say.askCampaign, keyboard: [backAndCancel(turn)] };
    const found = await on(turn, link);
    return {
      text: say.campaigns(found),
      keyboard: [
        ...found.map((one) => [choose(turn, say.campaignButton(one), 'pick', shortId(one.id))]),
        backAndCancel(turn),
      ],
    };
  },
  text: async (turn, place, text) => {
    const { filter, origin } = place;
    const link = requireText(text, LINK_MAX);
    const shared = campaignIn(/[?&]start=([\w-]+)/.exec(link)?.[1] ?? '');
    if (shared !== null) return named(place, { campaignId: shared });
    const found = await on(turn, link);
    const [only] = found;
    return only && found.length === 1
      ? named(place, { campaignId: only.id })
      : { step: 'campaign', data: { filter, origin, text: link } };
  },
  buttons: {
    pick: (_turn, place, short) => named(place, { campaignId: longId<CampaignId>(short) }),
  },
  back: 'filter',
};

/** A link is refused here as one of a new campaign would be (CAM-2). */
const on = ({ core, actor, settings }: Turn, link: string): Promise<readonly LinkedCampaign[]> =>
  core.audit.campaignsOn({ actor, linkKey: readLink(link, settings.linkHosts).key });

const isSubject = (text: string | undefined): text is AuditSubject =>
  AUDIT_SUBJECTS.some((subject) => subject === text);

/** What kind of thing the records are about. */
export const kindStep: Step<AuditPlace> = {
  draw: (turn) => {
    const { audit: say } = turn.texts;
    const buttons = AUDIT_SUBJECTS.map((one) => choose(turn, say.subjects[one], 'pick', one));
    return { text: say.askKind, keyboard: [...inTwos(buttons), backAndCancel(turn)] };
  },
  buttons: {
    pick: (_turn, place, subject) => (isSubject(subject) ? named(place, { subject }) : 'stay'),
  },
  back: 'filter',
};

/** A day of Jakarta: today, yesterday, or one that is typed. */
export const dayStep: Step<AuditPlace> = {
  draw: (turn, { text }) => {
    const { audit: say } = turn.texts;
    const wrong = text === undefined ? null : lines(escapeHtml(say.dayUnreadable), trusted(''));
    return {
      text: lines(wrong, say.askDay),
      keyboard: [
        [
          choose(turn, say.today, 'pick', dayOf(turn.now)),
          choose(turn, say.yesterday, 'pick', dayOf(plusMs(turn.now, -DAY_MS))),
        ],
        backAndCancel(turn),
      ],
    };
  },
  text: (_turn, place, text) => {
    const { filter, origin } = place;
    const day = readDay(text);
    return day === undefined
      ? { step: 'day', data: { filter, origin, text } }
      : named(place, { day });
  },
  buttons: {
    pick: (_turn, place, written) => {
      const day = asDay(written);
      return day === undefined ? 'stay' : named(place, { day });
    },
  },
  back: 'filter',
};
