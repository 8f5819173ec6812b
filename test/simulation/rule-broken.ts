/** The marketplace, or the run's own idea of it, did what the rules do not allow: the run ends. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
  readonly rule: string;

  constructor(rule: string, what: string) {
    super(`${rule}: ${what}`);
    this.rule = rule;
  }
}

/** Ends the run where `holds` is false; `what` is only made then. */
export const demand = (holds: boolean, rule: string, what: () => string): void => {
  if (!holds) throw new RuleBroken(rule, what());
};
