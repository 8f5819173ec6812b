import { Composer } from 'telegraf';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { defineFlow, type StartableFlow } from '../../dialogue/flow.ts';
import { onCode, onLabel, requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { adminStep, campaignStep, dayStep, filterStep, kindStep, personStep } from './filter.ts';
import { listStep, recordStep } from './list.ts';
import { placeSchema, readEntry, type AuditPlace } from './place.ts';

const show = (turn: Turn, { filter, origin }: AuditPlace): Promise<void> => {
  requireRole(turn, 'admin');
  return auditFlow.start(turn, 'list', { filter, origin });
};

/** Looking through the audit log: the filter stands in the dialogue, however much it names. */
export const auditFlow: StartableFlow<AuditPlace> = defineFlow<AuditPlace>({
  name: 'audit',
  version: 1,
  schema: placeSchema,
  steps: {
    list: listStep,
    record: recordStep,
    filter: filterStep,
    person: personStep,
    admin: adminStep,
    campaign: campaignStep,
    kind: kindStep,
    day: dayStep,
  },
  leave: (turn, place) => show(turn, place ?? { filter: {} }),
});

/** Who did what to what, for every admin (AUD-3). */
export const auditFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'audit', (turn) => show(turn, { filter: {} }));
  onCode(composer, CODES.audit, (turn, argument) => show(turn, readEntry(argument)));
  return composer;
};
