import { Composer } from 'telegraf';
import { isPermitted, requireMay } from '../../../../core/index.ts';
import { press, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onCode, onLabel, requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showLiability } from './liability.ts';
import { chartOf, PICTURES, readPicture, type Picture } from './pictures.ts';

/** The marketplace in figures and pictures, for every admin; its cash for some (RPT-1, WAL-11). */
export const figuresFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'figures', showFigures);
  onCode(composer, CODES.figures, showFigures);
  onCode(composer, CODES.figuresPicture, (turn, argument) => {
    const picture = readPicture(argument);
    return picture === undefined ? showFigures(turn) : showPicture(turn, picture);
  });
  onCode(composer, CODES.liability, showLiability);
  return composer;
};

/** The picture of what only some see in figures (ADM-1). */
const CASH: Picture = 'liability';

const showFigures = async (turn: Turn): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  turn.show({
    text: texts.figures.screen(await core.reports.figures({ actor })),
    keyboard: [
      ...pictureButtons(turn),
      [press(texts.figures.refresh, CODES.figures), press(texts.labels.home, CODES.home)],
    ],
  });
};

const showPicture = async (turn: Turn, picture: Picture): Promise<void> => {
  requireRole(turn, 'admin');
  if (picture === CASH) requireMay(turn.user, 'money');
  const { core, actor, texts } = turn;
  const now = await core.reports.figures({ actor });
  turn.show({
    text: texts.figures.caption(picture, now),
    attachment: { chart: chartOf(texts, picture, now.days) },
    keyboard: [
      ...pictureButtons(turn, picture),
      [press(texts.figures.inFigures, CODES.figures), press(texts.labels.home, CODES.home)],
    ],
  });
};

/** One for each picture, the one shown marked; cash only for who may see it (ADM-1). */
const pictureButtons = ({ texts, user }: Turn, shown?: Picture): Keyboard => {
  const { pictures, chosen } = texts.figures;
  const mayMoney = isPermitted(user, 'money');
  const buttons = PICTURES.filter((one) => mayMoney || one !== CASH).map((one) =>
    press(one === shown ? chosen(pictures[one]) : pictures[one], CODES.figuresPicture, one),
  );
  return [
    buttons.slice(0, 2),
    buttons.slice(2, 4),
    buttons.slice(4),
    ...(mayMoney ? [[press(texts.liability.open, CODES.liability)]] : []),
  ];
};
