import { printed, type Report } from './report.ts';

/** The same run passes without a defect and fails with each: so it is the defect that it finds. */
export const findMutants = async <M extends string>(
  mutants: readonly M[],
  run: (mutant: M | undefined) => Promise<Report>,
): Promise<boolean> => {
  const sound = await run(undefined);
  console.log(printed(sound));
  let caught = 0;
  for (const mutant of mutants) {
    const { losses } = await run(mutant);
    if (losses.length > 0) caught += 1;
    const [first] = losses;
    console.log(
      `${mutant}: ${first ? `caught by ${losses.length} losses\n  ${first}` : 'SURVIVED'}`,
    );
  }
  console.log(`mutants caught: ${caught}/${mutants.length}`);
  return sound.losses.length === 0 && caught === mutants.length;
};
