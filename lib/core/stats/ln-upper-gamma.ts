import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';

/** Beyond this the value is below 1e-250 and soon underflows. */
const FAR_TAIL = 600;

/**
 * Natural logarithm of the regularised upper incomplete gamma function Q(a, x); holds where Q underflows.
 * Far out by Lentz's continued fraction (Numerical Recipes, 6.2).
 * Example: lnUpperGamma(0.5, 2) = -3.0900371531220867 (the chi-square tail of 4 with one degree of freedom).
 */
export function lnUpperGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x < FAR_TAIL + 2 * a) return Math.log(gammainc(x, a, true, true));
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 1000; i += 1) {
    const step = -i * (i - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return -x + a * Math.log(x) - gammaln(a) + Math.log(fraction);
}
