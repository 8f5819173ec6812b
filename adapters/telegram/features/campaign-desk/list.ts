import { pageRequest, type CampaignFilter } from '../../../../core/index.ts';
import { pager, path, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { mayUse } from '../../delivery/menu.ts';
import { findPage } from '../../parse.ts';
import { requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { findOwner } from './card.ts';
import { readPlace, writeFilter, writePlace } from './place.ts';

const ownerIn = async (turn: Turn, { owner }: CampaignFilter) =>
  owner === undefined ? null : ((await findOwner(turn, owner))?.user ?? null);

/** Every campaign that suits the filter; the filter stays while paging. */
export const showAllCampaigns = async (turn: Turn, argument: string | undefined): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  const { filter, page: wanted } = readPlace(argument);
  const found = await findPage(String(wanted), (page) =>
    core.campaigns.all({ actor, filter, page }),
  );
  const { labels, campaignDesk: say } = texts;
  const here = writePlace({ filter, page: found.page });
  turn.show({
    text: say.list(found, filter, await ownerIn(turn, filter)),
    keyboard: [
      ...found.items.map((item, at) => [
        press(say.listButton(item, at), CODES.adminCampaign, shortId(item.campaign.id), here),
      ]),
      ...pager(found, path(CODES.allCampaigns, writeFilter(filter))),
      [
        press(say.filter, CODES.filterCampaigns, writeFilter(filter)),
        press(labels.home, CODES.home),
      ],
    ],
  });
};

/** What to filter by; a chosen one is let go with a second tap. */
export const showFilter = async (turn: Turn, argument: string | undefined): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  const { filter } = readPlace(argument);
  const { labels, campaignDesk: say } = texts;
  const { total } = await core.campaigns.all({ actor, filter, page: pageRequest(0, 1) });
  const owner = await ownerIn(turn, filter);
  turn.show({
    text: say.filtering(filter, owner, total),
    keyboard: [
      ...inTwos(choices(turn, filter, 'status', say.statuses)),
      ...choices(turn, filter, 'progress', say.progresses).map((button) => [button]),
      ...byOwner(turn, filter),
      [press(say.show(total), CODES.allCampaigns, writeFilter(filter))],
      [press(labels.home, CODES.home)],
    ],
  });
};

/** Only who may search people can choose one; whoever got such a filter can let it go (ADM-1). */
const byOwner = ({ texts, user }: Turn, filter: CampaignFilter): Keyboard => {
  const { campaignDesk: say } = texts;
  if (filter.owner !== undefined) {
    const any = writeFilter(without(filter, 'owner'));
    return [[press(say.dropOwner, CODES.filterCampaigns, any)]];
  }
  if (!mayUse(user, 'people')) return [];
  return [[press(say.pickOwner, CODES.campaignOwner, writeFilter(filter))]];
};

const without = (filter: CampaignFilter, key: keyof CampaignFilter): CampaignFilter => ({
  ...filter,
  [key]: undefined,
});

const choices = <K extends 'status' | 'progress'>(
  { texts: { campaignDesk: say } }: Turn,
  filter: CampaignFilter,
  key: K,
  labels: Readonly<Record<NonNullable<CampaignFilter[K]>, string>>,
): readonly Button[] =>
  Object.entries<string>(labels).map(([value, label]) => {
    const isChosen = filter[key] === value;
    const next = isChosen ? without(filter, key) : { ...filter, [key]: value };
    return press(isChosen ? say.chosen(label) : label, CODES.filterCampaigns, writeFilter(next));
  });

const inTwos = (buttons: readonly Button[]): readonly (readonly Button[])[] =>
  buttons.flatMap((_button, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []));
