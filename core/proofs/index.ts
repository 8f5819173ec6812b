import { approveProof, rejectProof } from './decide-proof.ts';
import type { DecidePorts } from './pay-proof.ts';
import { reverseProof } from './reverse-proof.ts';
import { listCases, nextCase, showCase, showQueue, showTaskHistory } from './show-proofs.ts';
import { submitProof } from './submit-proof.ts';

export * from './ports.ts';
export * from './proof.ts';
export type { ApproveProof, RejectProof } from './decide-proof.ts';
export type { ReversalResult, ReverseProof } from './reverse-proof.ts';
export type { ListCases, NextCase, ShowCase, ShowTaskHistory } from './show-proofs.ts';
export type { SubmitProof } from './submit-proof.ts';

/** Screenshots and their judgement. */
export const createProofs = (ports: DecidePorts) => ({
  submit: submitProof(ports),
  queue: showQueue(ports),
  next: nextCase(ports),
  case: showCase(ports),
  waiting: listCases(ports),
  taskHistory: showTaskHistory(ports),
  approve: approveProof(ports),
  reject: rejectProof(ports),
  reverse: reverseProof(ports),
});
