import type { AuditFilter, Campaign, SliceRequest } from '../../core/index.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import type { Town } from './town.ts';
import { ask } from './visits.ts';

const SHOWN = 6;

/** An admin looks up what was done about a campaign, reads the parts one by one, and takes them home. */
export const lookBack = async (
  town: Town,
  admin: Person,
  { id, link }: Campaign,
): Promise<void> => {
  const actor = actorOf(admin);
  const on = await town.look('audit.campaignsOn', (core) =>
    core.audit.campaignsOn({ actor, linkKey: link.key }),
  );
  if (!on) return;
  demand(
    on.some((one) => one.id === id),
    'AUD-3',
    () => `${id} is not found by its link`,
  );
  const admins = await town.look('audit.admins', (core) => core.audit.admins({ actor }));
  const filter: AuditFilter = {
    campaignId: id,
    actorId: admin.dice.chance(0.2) ? (admins?.[0]?.userId ?? null) : null,
  };
  await town.look('audit.describeFilter', (core) => core.audit.describeFilter({ actor, filter }));
  const read = await readAll(town, admin, filter);
  if (!read || !admin.dice.chance(0.5)) return;
  await ask(town, admin, {
    name: 'audit.orderExport',
    call: (core) => core.audit.orderExport({ actor, filter }),
  });
  await town.look('audit.exportPart', (core) =>
    core.audit.exportPart({ actor, filter, slice: { from: null, size: 1_000 } }),
  );
};

/** Part by part: no record comes twice, and none is newer than the one before. */
const readAll = async (town: Town, admin: Person, filter: AuditFilter): Promise<boolean> => {
  const actor = actorOf(admin);
  const seen = new Set<string>();
  let from: SliceRequest['from'] = null;
  let before = Number.POSITIVE_INFINITY;
  for (let parts = 0; parts < 5; parts += 1) {
    const slice: SliceRequest = { from, size: SHOWN };
    const part = await town.look('audit.browse', (core) =>
      core.audit.browse({ actor, filter, slice }),
    );
    if (!part) return false;
    for (const { id, at } of part.items) {
      demand(!seen.has(id) && at.getTime() <= before, 'AUD-3', () => `record ${id} is out of turn`);
      seen.add(id);
      before = at.getTime();
    }
    if (part.older === null) break;
    from = { key: part.older, towards: 'older' };
  }
  const [newest] = seen;
  if (newest !== undefined) {
    await town.look('audit.show', (core) => core.audit.show({ actor, id: newest }));
  }
  return true;
};
