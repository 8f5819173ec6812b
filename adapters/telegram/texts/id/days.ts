import { calendar } from '../../format.ts';

/** Days as Indonesian tells them (UX-1). */
export const { day, dayTime } = calendar('id');
