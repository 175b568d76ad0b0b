import { describe, it } from 'vitest';
import { LAWS } from './course-laws';

describe('whatever people do to an experiment,', () => {
  it.each(Object.entries(LAWS))('%s', (_, law) => law(6));
});
