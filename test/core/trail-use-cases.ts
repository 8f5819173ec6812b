import type { Allowed, Call } from './scene.ts';

const showNewest: Call = async (core, actor) => {
  const { items } = await core.audit.browse({ actor, filter: {}, slice: { from: null, size: 1 } });
  return core.audit.show({ actor, id: items[0]?.id ?? '' });
};

/** Of the audit log (see every-use-case.ts). */
export const audit: Record<string, readonly [Allowed, Call]> = {
  browse: [
    'admin',
    (core, actor) => core.audit.browse({ actor, filter: {}, slice: { from: null, size: 6 } }),
  ],
  show: ['admin', showNewest],
  orderExport: ['admin', (core, actor) => core.audit.orderExport({ actor, filter: {} })],
  exportPart: [
    'admin',
    (core, actor) => core.audit.exportPart({ actor, filter: {}, slice: { from: null, size: 6 } }),
  ],
  admins: ['admin', (core, actor) => core.audit.admins({ actor })],
  describeFilter: [
    'admin',
    (core, actor, { worker: { id: userId }, campaign: { id: campaignId } }) =>
      core.audit.describeFilter({ actor, filter: { userId, campaignId } }),
  ],
  campaignsOn: [
    'admin',
    (core, actor, { campaign }) => core.audit.campaignsOn({ actor, linkKey: campaign.link.key }),
  ],
  seal: ['operator', (core, actor) => core.audit.seal({ actor, limit: 1 })],
  verify: ['operator', (core, actor) => core.audit.verify({ actor })],
  head: ['operator', (core, actor) => core.audit.head({ actor })],
  unsealedSeconds: ['operator', (core, actor) => core.audit.unsealedSeconds({ actor })],
  announceHead: ['operator', (core, actor) => core.audit.announceHead({ actor })],
};
