import fc from 'fast-check';

/**
 * One commit gives one result: random cases come from a fixed seed, so a red run is about what was changed.
 * `PROPERTY_SEED=random npx vitest run …` looks further, and prints the seed with what it finds.
 */
const wanted = process.env.PROPERTY_SEED ?? '20261124';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
