import { dueWellbeing, noteWellbeingTold, type WellbeingPorts } from './report-wellbeing.ts';

export type { NoteWellbeingTold, ReportWellbeing } from './report-wellbeing.ts';
export type { Trouble, Wellbeing } from './wellbeing.ts';

/** How everything stands, told to the owner once a day (WAL-13). */
export const createWellbeing = (ports: WellbeingPorts) => ({
  due: dueWellbeing(ports),
  noteTold: noteWellbeingTold(ports),
});
