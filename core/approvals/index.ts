import { previewApprovals, type ApprovalPorts } from './preview-approvals.ts';
import { runApprovals } from './run-approvals.ts';
import { showApprovals } from './show-approvals.ts';
import { startApprovals } from './start-approvals.ts';

export * from './batch.ts';
export * from './ports.ts';
export type { PreviewApprovals } from './preview-approvals.ts';
export type { ApprovalsRun, RunApprovals } from './run-approvals.ts';
export type { ShowApprovals } from './show-approvals.ts';
export type { StartApprovals } from './start-approvals.ts';

/** Many waiting proofs approved by one order (REV-8). */
export const createApprovals = (ports: ApprovalPorts) => ({
  preview: previewApprovals(ports),
  start: startApprovals(ports),
  show: showApprovals(ports),
  run: runApprovals(ports),
});
