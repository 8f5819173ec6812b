import { approveProof } from './approve-proof.ts';
import { nextCase, openCase, releaseCases } from './open-case.ts';
import type { DecidePorts } from './pay-proof.ts';
import { previewReversal } from './plan-reversal.ts';
import { rejectProof } from './reject-proof.ts';
import { reverseProof } from './reverse-proof.ts';
import { listCases, listDecided, showCase, showQueue, showTaskHistory } from './show-proofs.ts';
import { submitProof } from './submit-proof.ts';

export * from './ports.ts';
export * from './proof.ts';
export type * from './settlement.ts';
export { bitsApart, SIMILAR_BITS_MAX } from './flags.ts';
export { approvingAs, lockCases, type ApproveProof } from './approve-proof.ts';
export type { NextCase, OpenCase } from './open-case.ts';
export type { ReversalPreview } from './plan-reversal.ts';
export type { RejectProof } from './reject-proof.ts';
export type { ReversalResult, ReverseProof } from './reverse-proof.ts';
export type { ListCases, ShowCase, ShowTaskHistory } from './show-proofs.ts';
export type { SubmitProof } from './submit-proof.ts';

/** Screenshots and their judgement. */
export const createProofs = (ports: DecidePorts) => ({
  submit: submitProof(ports),
  queue: showQueue(ports),
  next: nextCase(ports),
  open: openCase(ports),
  release: releaseCases(ports),
  case: showCase(ports),
  waiting: listCases(ports),
  decided: listDecided(ports),
  taskHistory: showTaskHistory(ports),
  approve: approveProof(ports),
  reject: rejectProof(ports),
  previewReversal: previewReversal(ports),
  reverse: reverseProof(ports),
});
