import 'server-only';
import type { FormKeeper } from '@/lib/server/experiments/form-keeper';
import { createFormKeeper } from '@/lib/server/experiments/form-keeper';
import type { UnitKeeper, UnitKeeperOptions } from '@/lib/server/experiments/unit-keeper';
import { createUnitKeeper } from '@/lib/server/experiments/unit-keeper';

/** What conversions count on one connection, and what is asked of its experiments for that. */
export type Counting = UnitKeeper & Pick<FormKeeper, 'formOf' | 'read'>;

export interface CountingOptions extends UnitKeeperOptions {
  /** From now on experiments may be asked for in another form. */
  readonly onForm: () => void;
}

export function createCounting(options: CountingOptions): Counting {
  const { onForm, onProof } = options;
  const unit = createUnitKeeper({
    ...options,
    onProof() {
      onForm();
      onProof();
    },
  });
  const forms = createFormKeeper({ ...options, proof: unit.proof, onChange: onForm });
  return {
    ...unit,
    formOf: forms.formOf,
    read: forms.read,
    async restore() {
      await unit.restore();
      await forms.restore();
    },
    consider(candidate, isColdStartOver) {
      if (candidate.snapshot.arms.some(({ visitors }) => visitors > 0)) forms.noteReading();
      unit.consider(candidate, isColdStartOver);
    },
  };
}
