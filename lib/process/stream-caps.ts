/** How many streams are open at once. 0 is no cap. */
export interface StreamLimits {
  readonly total: number;
  /** Of one peer address. Peers on this machine are not counted: a proxy here speaks for everybody. */
  readonly perAddress: number;
}

export interface StreamCaps {
  /** Takes a place, or says which cap is reached. Whoever took one gives it back once. */
  take(address: string): 'taken' | 'total' | 'address';
  give(address: string): void;
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

export function createStreamCaps({ total, perAddress }: StreamLimits): StreamCaps {
  const open = new Map<string, number>();
  let all = 0;
  return {
    take(address) {
      if (total > 0 && all >= total) return 'total';
      const mine = open.get(address) ?? 0;
      if (perAddress > 0 && mine >= perAddress && !LOOPBACK.test(address)) return 'address';
      all += 1;
      open.set(address, mine + 1);
      return 'taken';
    },
    give(address) {
      const mine = open.get(address) ?? 0;
      if (mine === 0) return;
      all -= 1;
      if (mine > 1) open.set(address, mine - 1);
      else open.delete(address);
    },
  };
}
