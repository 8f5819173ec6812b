import { rupiah, type CampaignLabel, type Notice } from '../../core/index.ts';
import { money, NEXT_PAGE, plainText, type Texts } from '../../adapters/telegram/index.ts';
import type { Language, TourAct, TourStep } from '../../adapters/sandbox/index.ts';
import type { Cast, Player } from './tour-cast.ts';
import { SCREENS, type Captions } from './tour-words.ts';

/** What one person does under one caption. */
export interface Scene {
  readonly caption: string;
  readonly person: 'client' | 'worker' | 'admin';
  readonly steps: readonly Step[];
}

type Step = Pick<TourStep, 'act' | 'afterMs' | 'sees'>;

interface Words {
  readonly language: Language;
  readonly texts: Texts;
  readonly captions: Captions;
  /** Milliseconds for which what has just come up takes no decision. */
  readonly lookMs: number;
}

/** The whole story, told in the bot's own labels and texts. */
export const scenesOf = (cast: Cast, words: Words): readonly Scene[] =>
  [arriving, toppingUp, ordering, working, withdrawing, closing].flatMap((part) =>
    part(cast, words),
  );

const step = (act: TourAct, sees?: string): Step => ({
  act,
  ...(sees !== undefined && { sees }),
});
const say = (text: string, sees?: string): Step => step({ say: text }, sees);
const press = (label: string, sees?: string): Step => step({ press: label }, sees);
const decide = (label: string, afterMs: number, sees?: string): Step => ({
  ...press(label, sees),
  afterMs,
});
/** In a list; what others have left there may fill its first pages. */
const choose = (label: string, sees: string): Step =>
  step({ press: label, orElse: NEXT_PAGE }, sees);

type Html = Parameters<typeof plainText>[0];

/** The first line of a screen: what tells it from others. */
const heading = (text: Html): string => plainText(text).split('\n')[0] ?? '';

const said = ({ notices }: Texts, notice: Notice): string => plainText(notices.say(notice).text);

const NONE = rupiah(0n);
const LIMITS = { balance: NONE, min: NONE, max: NONE, most: NONE, fee: NONE, amount: null };

const arriving = ({ client, worker, admin }: Cast, { texts, captions }: Words): Scene[] => {
  const { labels, account, home } = texts;
  const begin = say('/start', heading(account.terms('')));
  const agree = (sees: Html): Step => press(labels.acceptTerms, heading(sees));
  const asked = ({ fullName }: Player): Html => account.chooseRole(fullName);
  const greeted = ({ fullName }: Player): Html => home.greeting(fullName);
  return [
    {
      caption: captions.clientJoins,
      person: 'client',
      steps: [begin, agree(asked(client)), press(labels.client, heading(greeted(client)))],
    },
    {
      caption: captions.workerJoins,
      person: 'worker',
      steps: [begin, agree(asked(worker)), press(labels.worker, heading(greeted(worker)))],
    },
    {
      caption: captions.adminJoins,
      person: 'admin',
      steps: [begin, agree(greeted(admin))],
    },
  ];
};

const toppingUp = ({ client, topUp: amount }: Cast, words: Words): Scene[] => {
  const { texts, captions, language, lookMs } = words;
  const { labels, topUp, depositDesk } = texts;
  const credited: Notice = {
    kind: 'deposit.approved',
    claimed: amount,
    credited: amount,
    reason: null,
    balance: amount,
  };
  return [
    {
      caption: captions.topsUp,
      person: 'client',
      steps: [
        say(labels.topUp, heading(topUp.askAmount(LIMITS))),
        press(money(amount), heading(topUp.askProof({ amount, instructions: '' }))),
        step({ picture: 'receipt' }, SCREENS[language].transferProof),
      ],
    },
    {
      caption: captions.credits,
      person: 'admin',
      // By the list: the oldest top-up may be somebody else's, from before the tour.
      steps: [
        say(labels.deposits, labels.deposits),
        press(depositDesk.toList),
        choose(`${money(amount)} · ${client.fullName}`, client.fullName),
        decide(labels.approve, lookMs),
      ],
    },
    { caption: captions.credited, person: 'client', steps: [{ sees: said(texts, credited) }] },
  ];
};

const ordering = (cast: Cast, { texts, captions, lookMs }: Words): Scene[] => {
  const { price, cost, target, link } = cast;
  const { labels, campaigns, common } = texts;
  const question = { max: 0, balance: NONE, target: null };
  return [
    {
      caption: captions.orders,
      person: 'client',
      steps: [
        say(labels.newCampaign, heading(campaigns.askKind(null))),
        press(common.kind('like'), heading(campaigns.askLink({ kind: 'like', link: null }))),
        say(link, heading(campaigns.askInstructions(null))),
        press(labels.skip, heading(campaigns.askPrice({ min: NONE, price: null }))),
        say(money(price), heading(campaigns.askTarget(question))),
        say(String(target), money(rupiah(cost * BigInt(target)))),
      ],
    },
    {
      caption: captions.funds,
      person: 'client',
      steps: [decide(labels.confirm, lookMs, heading(campaigns.created))],
    },
  ];
};

const working = (cast: Cast, { texts, captions, language, lookMs }: Words): Scene[] => {
  const { worker, price, link, linkCode } = cast;
  const { labels, common, review } = texts;
  const campaign: CampaignLabel = { taskKind: 'like', link };
  return [
    {
      caption: captions.takes,
      person: 'worker',
      steps: [
        say(labels.offers, labels.offers),
        choose(`${money(price)} · ${common.kind('like')}`, money(price)),
        press(labels.take, linkCode),
      ],
    },
    {
      caption: captions.proves,
      person: 'worker',
      steps: [
        press(labels.sendProof, labels.sendProof),
        step({ picture: 'screenshot' }, SCREENS[language].proof),
      ],
    },
    {
      caption: captions.reviews,
      person: 'admin',
      // By the list: the oldest case may be somebody else's, from before the tour.
      steps: [
        say(labels.review, labels.review),
        press(review.list),
        choose(`${money(price)} · ${worker.fullName}`, worker.fullName),
        decide(labels.approve, lookMs),
      ],
    },
    {
      caption: captions.earns,
      person: 'worker',
      steps: [
        { sees: said(texts, { kind: 'proof.approved', campaign, reward: price, balance: price }) },
      ],
    },
  ];
};

const withdrawing = (cast: Cast, words: Words): Scene[] => {
  const { texts, captions, language, lookMs } = words;
  const { worker, payout, number, storedNumber } = cast;
  const { labels, wallet, common } = texts;
  const paying = (at: number): string => plainText(common.step(at, 3));
  const paid: Notice = {
    kind: 'withdrawal.paid',
    amount: payout,
    maskedNumber: '',
    reference: null,
    receipt: null,
    balance: NONE,
  };
  return [
    {
      caption: captions.withdraws,
      person: 'worker',
      steps: [
        say(labels.withdraw, heading(wallet.askAmount(LIMITS))),
        say(money(payout), heading(wallet.askNumber({ amount: payout, masked: null }))),
        say(number, storedNumber),
        decide(labels.confirm, lookMs, SCREENS[language].withdrawal),
      ],
    },
    {
      caption: captions.paysOut,
      person: 'admin',
      steps: [
        say(labels.withdrawals, labels.withdrawals),
        choose(`${money(payout)} · ${worker.fullName}`, worker.fullName),
        decide(labels.process, lookMs, storedNumber),
        press(labels.transferred, paying(1)),
        press(labels.skip, paying(2)),
        press(labels.skip, paying(3)),
        decide(labels.confirm, lookMs),
      ],
    },
    {
      caption: captions.receives,
      person: 'worker',
      steps: [{ sees: plainText(texts.notices.say(paid).headline) }],
    },
  ];
};

const closing = (cast: Cast, { texts, captions, lookMs }: Words): Scene[] => {
  const { topUp, price, cost, target } = cast;
  const { labels } = texts;
  const refund = money(rupiah(cost * BigInt(target - 1)));
  return [
    {
      caption: captions.closes,
      person: 'client',
      steps: [
        say(labels.campaigns, labels.campaigns),
        press(`1/${target}`, money(price)),
        press(labels.delete, refund),
        decide(labels.delete, lookMs, refund),
      ],
    },
    {
      caption: captions.ends,
      person: 'client',
      steps: [say(labels.balance, money(rupiah(topUp - cost)))],
    },
  ];
};
