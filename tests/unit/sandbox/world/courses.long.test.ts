import { describe, it } from 'vitest';
import { LAWS } from './course-laws';

describe('whatever people do to an experiment, in many cases,', () => {
  it.each(Object.entries(LAWS))('%s', (_, law) => law(120), 300_000);
});
