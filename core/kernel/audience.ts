/** To whom (ADM-5): nobody suspended is among them; `inactive` did nothing for *cfg* days. */
export type Audience = 'all' | 'clients' | 'workers' | 'inactive';
export const AUDIENCES: readonly Audience[] = ['all', 'clients', 'workers', 'inactive'];
