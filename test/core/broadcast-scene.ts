import { broadcastsBy } from '../support/broadcasts.ts';
import { deliverDue } from '../support/deliver.ts';
import { aMarket, type Person } from '../support/market.ts';

/** Of nobody anything has come. */
export const NONE = { sent: 0, blocked: 0, failed: 0, canceled: 0, waiting: 0 };

/** An admin, and so many workers. */
export const aScene = async (workers = 3) => {
  const market = aMarket();
  const admin = await market.admin();
  const people: Person[] = [];
  for (let made = 0; made < workers; made += 1) people.push(await market.worker());
  const all = broadcastsBy(market, admin);
  const got = (who: Person) =>
    market.ports.notifier.delivered.filter(({ kind, to }) => kind === 'broadcast' && to === who.id)
      .length;
  return { market, admin, people, got, ...all };
};

/** Feeds and sends until nothing moves any more. */
export const sendAll = async (
  { market, feed }: Awaited<ReturnType<typeof aScene>>,
  limit = 300,
) => {
  while ((await feed(limit)) > 0) await deliverDue(market);
};
