/**
 * Lower real branch W_-1 of Lambert's function: the w <= -1 with w e^w = x, for -1/e <= x < 0; NaN elsewhere.
 * Newton's steps on u - ln u = -ln(-x), u = -w, which keep their digits down to the smallest |x|
 * (Corless et al. 1996 for the starting point).
 * Example: lambertWMinus1(-0.1) = -3.577152063957297.
 */
export function lambertWMinus1(x: number): number {
  if (!(x >= -1 / Math.E && x < 0)) return NaN;
  const target = -Math.log(-x);
  if (target <= 1) return -1;
  let u = target + Math.log(target) + Math.sqrt(2 * (target - 1)) / (1 + target);
  for (let step = 0; step < 50; step += 1) {
    const next = u - (u - Math.log(u) - target) / (1 - 1 / u);
    if (Math.abs(next - u) <= 1e-15 * u) return -next;
    u = next;
  }
  return -u;
}
