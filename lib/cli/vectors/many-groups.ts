import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { Alpha } from '@/lib/cli/vectors/inputs';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from '@/lib/core/stats/adjust-p';
import { eBenjaminiHochberg } from '@/lib/core/stats/e-bh';

export const adjustP: Group = (input) => {
  const { p } = z.object({ p: z.array(z.number()) }).parse(input);
  return {
    bonferroni: bonferroni(p),
    holm: holm(p),
    benjamini_hochberg: benjaminiHochberg(p),
    benjamini_yekutieli: benjaminiYekutieli(p),
  };
};

export const eBh: Group = (input) => {
  const { e, alpha } = z.object({ e: z.array(z.number()), alpha: Alpha }).parse(input);
  const rejected = eBenjaminiHochberg(e, alpha);
  return { rejected, k: rejected.length };
};
