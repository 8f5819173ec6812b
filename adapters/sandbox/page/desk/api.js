import { send } from '../parts/api.js';
import { language } from '../words/words.js';

/** The control plane, as the tools, the side panel and the tour need it; refusals are Errors. */
export const addPerson = (seed) => send('POST', '/sandbox/people', seed);
export const deleteAccount = (personId) => send('DELETE', `/sandbox/people/${personId}`);
export const pastButtons = (personId) => send('GET', `/sandbox/people/${personId}/buttons`);
export const pressPast = (personId, { messageId, data }, expired) =>
  send('POST', `/sandbox/people/${personId}/press`, { messageId, data, expired });
export const listFaults = () => send('GET', '/sandbox/faults');
export const addFault = (fault) => send('POST', '/sandbox/faults', fault);
export const clearFaults = () => send('DELETE', '/sandbox/faults');
export const setLimits = (on) => send('POST', '/sandbox/limits', { on });
export const advance = (advanceMs) => send('POST', '/sandbox/clock', { advanceMs });
export const readLedger = () => send('GET', `/sandbox/ledger?language=${language()}`);
export const readCalls = (after) => send('GET', `/sandbox/requests?after=${after}`);
export const readTour = () => send('GET', '/sandbox/tour');
export const startTour = () => send('POST', '/sandbox/tour', { language: language() });
export const tellTour = (order) => send('POST', `/sandbox/tour/${order}`, {});
