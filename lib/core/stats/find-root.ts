/**
 * Where a continuous function passes through 0 between `lower` and `upper`, whose values have different signs (or one
 * is 0); by Chandrupatla's method (1997): inverse quadratic steps where they are safe, else halving. Never leaves the
 * bracket, at most 200 evaluations. Null where the signs do not differ.
 * Example: x² - 2 between 0 and 2: 1.4142135623730951.
 */
export function findRoot(
  f: (x: number) => number,
  lower: number,
  upper: number,
  relative = 1e-14,
): number | null {
  let [a, b, c] = [upper, lower, upper];
  let [fa, fb, fc] = [f(upper), f(lower), 0];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(Math.sign(fa) * Math.sign(fb) < 0)) return null;
  let t = 0.5;
  for (let step = 0; step < 200; step += 1) {
    const x = a + t * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const least = (relative * Math.abs(best) + 1e-300) / Math.abs(b - a);
    if (least > 0.5 || fa === 0 || fb === 0) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const isSafe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    t = isSafe
      ? (fa / (fb - fa)) * (fc / (fb - fc)) +
        (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb)
      : 0.5;
    t = Math.min(1 - least, Math.max(least, t));
  }
  return a;
}
