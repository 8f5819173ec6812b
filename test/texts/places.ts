import type { Html } from '../../adapters/telegram/html.ts';
import type { Texts } from '../../adapters/telegram/texts/index.ts';

/**
 * Where a text stands, which says how long it may be and whether it is HTML: a screen, a picture's
 * caption, a message of its own; an answer to a tap, an alert, a button, a ready-made reason, a line
 * that others are made of.
 */
export type Place =
  'screen' | 'caption' | 'notice' | 'answer' | 'alert' | 'button' | 'reason' | 'line';

type Said<Text> = Text extends (...facts: never[]) => infer Result ? Result : Text;

type HtmlKey<Catalogue> = {
  [Key in keyof Catalogue]: Said<Catalogue[Key]> extends Html ? Key : never;
}[keyof Catalogue];
type PlainPlace = Exclude<Place, 'screen' | 'caption'>;

/** HTML stands on a screen unless it is a caption; every other text says where it stands. */
type PlacesIn<Catalogue> = Readonly<
  Record<Exclude<keyof Catalogue, HtmlKey<Catalogue>>, PlainPlace> &
    Partial<Record<HtmlKey<Catalogue>, 'caption'>>
>;

/** Of each text, or of all of a catalogue that has no HTML. */
type Places = {
  readonly [Name in keyof Texts]:
    PlacesIn<Texts[Name]> | (HtmlKey<Texts[Name]> extends never ? PlainPlace : never);
};

const PLACES: Places = {
  labels: 'button',
  common: {
    staleButton: 'answer',
    staleNothing: 'answer',
    dialogueGone: 'answer',
    lookFirst: 'answer',
    readFirst: 'answer',
    unknownCommand: 'line',
    canceled: 'answer',
    notUnderstood: 'line',
    textExpected: 'line',
    photoExpected: 'line',
    transferProofExpected: 'line',
    buttonExpected: 'line',
    fileNotExpected: 'line',
    fileUnderWay: 'line',
    fileLeftOut: 'line',
    albumFirstOnly: 'line',
    menuBelow: 'line',
    tooFast: 'alert',
    apology: 'alert',
  },
  refusals: 'alert',
  notices: 'notice',
  home: { counted: 'button' },
  account: {
    termsChanged: 'alert',
    suspendedAnswer: 'alert',
    switchTo: 'button',
    roleFirst: 'answer',
    roleChosen: 'answer',
    languageChosen: 'answer',
    linkUnknown: 'line',
  },
  wallet: {
    cancelDeposit: 'button',
    cancelWithdrawal: 'button',
    depositCanceled: 'answer',
    withdrawalCanceled: 'answer',
    everything: 'button',
    keepAmount: 'button',
    keepNumber: 'button',
  },
  ledger: 'line',
  campaigns: {
    listButton: 'button',
    picture: 'button',
    pictureCaption: 'caption',
    chartTitles: 'line',
    chartPerDay: 'line',
    chartSoFar: 'line',
    chartGoal: 'line',
    chartDay: 'line',
    paused: 'answer',
    resumed: 'answer',
    keepLink: 'button',
    keepInstructions: 'button',
    keepPrice: 'button',
    keepTarget: 'button',
  },
  raise: { keep: 'button' },
  campaignDesk: {
    statuses: 'button',
    progresses: 'button',
    listButton: 'button',
    filter: 'button',
    chosen: 'button',
    pickOwner: 'button',
    dropOwner: 'button',
    show: 'button',
    ownerButton: 'button',
    holdersButton: 'button',
    othersOf: 'button',
    pauseReasons: 'reason',
    paused: 'answer',
    resumeReasons: 'reason',
    resumed: 'answer',
    deleteReasons: 'reason',
    deleted: 'answer',
    ended: 'answer',
  },
  topUp: { keepAmount: 'button' },
  tasks: {
    offerButton: 'button',
    taken: 'answer',
    mineButton: 'button',
    openLink: 'button',
    yesRelease: 'button',
    keep: 'button',
    released: 'answer',
    pictureOutside: 'line',
    pictureAgain: 'line',
  },
  earnings: {
    screen: 'caption',
    chartTitle: 'line',
    chartSubtitle: 'line',
    chartPerDay: 'line',
    chartScale: 'line',
    chartDay: 'line',
  },
  review: {
    case: 'caption',
    openLink: 'button',
    list: 'button',
    next: 'button',
    again: 'button',
    approveMany: 'button',
    earlier: 'button',
    backToCase: 'button',
    history: 'button',
    decidedList: 'button',
    editReasons: 'button',
    caseButton: 'button',
    decidedButton: 'button',
    pastButton: 'button',
    decided: 'answer',
    skipped: 'answer',
    askReason: 'caption',
    noReason: 'button',
  },
  reversal: {
    start: 'button',
    askReason: 'caption',
    confirm: 'caption',
    reasons: 'reason',
    done: 'answer',
  },
  approvals: {
    choice: 'button',
    progress: 'answer',
    started: 'answer',
    refresh: 'button',
    goOn: 'button',
  },
  rejectReasons: {
    add: 'button',
    change: 'button',
    up: 'button',
    remove: 'button',
    same: 'button',
    keepEnglish: 'button',
    saved: 'answer',
    removed: 'answer',
    moved: 'answer',
    changed: 'answer',
    number: 'button',
  },
  depositDesk: {
    listButton: 'button',
    card: 'caption',
    correct: 'button',
    openEarlier: 'button',
    next: 'button',
    toList: 'button',
    skipped: 'answer',
    again: 'button',
    decided: 'answer',
    askReason: 'caption',
    reasons: 'reason',
    askAmount: 'caption',
    askCorrectionReason: 'caption',
    correctionReasons: 'reason',
    confirmCorrection: 'caption',
  },
  withdrawalDesk: {
    listButton: 'button',
    toOthers: 'button',
    toList: 'button',
    claimedToast: 'answer',
    takeOver: 'button',
    yesTakeOver: 'button',
    finishBare: 'button',
    decided: 'answer',
    reasons: 'reason',
  },
  owner: {},
};

/** Where the text of this catalogue stands. */
export const placeOf = (catalogue: keyof Texts, key: string): Place => {
  const places: string | Readonly<Record<string, Place>> = PLACES[catalogue];
  return typeof places === 'string' ? (places as Place) : (places[key] ?? 'screen');
};
