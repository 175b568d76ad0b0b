import type { LifeSign, PageLife } from '@/lib/client/live/page-life';

/** The life of a page, told by the test. */
export function aLife(isVisibleAtFirst = true) {
  const listeners = new Set<(sign: LifeSign) => void>();
  let isVisible = isVisibleAtFirst;
  const tell = (sign: LifeSign): void => {
    for (const listener of listeners) listener(sign);
  };
  const life: PageLife = {
    isVisible: () => isVisible,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    life,
    listeners,
    tell,
    show(visible: boolean): void {
      isVisible = visible;
      tell(visible ? 'seen' : 'hidden');
    },
  };
}
