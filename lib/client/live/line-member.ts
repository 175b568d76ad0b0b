/**
 * A page's part in the stream that tabs share: it takes part while somebody looks at it, says what it asks, notices
 * when the owner has died, and then owns a stream of its own.
 */
import type { LineState } from '@/lib/client/live/connection';
import type { Link, OpenLink, ToPage } from '@/lib/client/live/line-messages';
import type { LifeSign, PageLife } from '@/lib/client/live/page-life';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Clock } from '@/lib/core/time/clock';

export type MemberState = LineState | { readonly state: 'paused' };

export interface LineMemberOptions {
  readonly clock: Clock;
  readonly life: PageLife;
  /** null where the browser has no such thing, or forbids it. */
  readonly openShared: OpenLink | null;
  readonly openOwn: OpenLink;
  readonly onEvents: (events: readonly LiveEvent[], isReplay: boolean) => void;
  readonly onState: (state: MemberState) => void;
}

export interface LineMember {
  ask(keys: readonly string[]): void;
  /** For good. */
  close(): void;
}

/**
 * A page nobody sees lets its stream go almost at once, and reads again the moment it is seen: a stream costs the server
 * and the API's budget, and without a shared one a browser has no more than six connections for all its tabs.
 */
const HIDDEN_MS = 3_000;
/** How often a page says that it is there, and how long its owner may take to answer. */
export const RENEW_MS = 20_000;
const ANSWER_MS = 5_000;
const TRIES_OF_SHARED = 2;

export function createLineMember(options: LineMemberOptions): LineMember {
  const { clock, life, openShared, openOwn, onEvents, onState } = options;
  let keys: readonly string[] = [];
  let link: Link | null = null;
  let unanswered = 0;
  let hasBeenIn = false;
  let cancelRenewal = noop;
  let cancelAnswer = noop;
  let cancelHidden = noop;

  const onMessage = (message: ToPage): void => {
    if (message.type === 'here') {
      cancelAnswer();
      unanswered = 0;
    } else if (message.type === 'state') onState(message.state);
    else onEvents(message.events, message.isReplay);
  };

  const say = (): void => {
    cancelAnswer();
    cancelAnswer = clock.setTimer(() => reopen(unanswered + 1), ANSWER_MS);
    cancelRenewal();
    cancelRenewal = clock.setTimer(say, RENEW_MS);
    // Last, for an owner in this page answers at once.
    link?.send({ type: 'want', keys });
  };

  const drop = (): void => {
    cancelRenewal();
    cancelAnswer();
    cancelHidden();
    link?.close();
    link = null;
  };

  const reopen = (failures: number): void => {
    drop();
    unanswered = failures;
    const open = failures < TRIES_OF_SHARED && openShared ? openShared : openOwn;
    const opened: Link = open(
      (message) => link === opened && onMessage(message),
      () => link === opened && reopen(TRIES_OF_SHARED),
    );
    link = opened;
    say();
  };

  const enter = (): void => {
    if (hasBeenIn) onState({ state: 'reconnecting' });
    hasBeenIn = true;
    // Whatever was wrong with the shared one, it gets its chance with every return.
    reopen(0);
  };

  const exit = (): void => {
    drop();
    onState({ state: 'paused' });
  };

  const onSign = (sign: LifeSign): void => {
    if (keys.length === 0) return;
    cancelHidden();
    if (sign === 'frozen') {
      if (link) exit();
    } else if (sign === 'hidden') {
      if (link) cancelHidden = clock.setTimer(exit, HIDDEN_MS);
    } else if (link === null) {
      if (life.isVisible()) enter();
    } else {
      say();
      link.send({ type: 'wake', isNetworkNew: sign === 'online' });
    }
  };

  const stopWatching = life.subscribe(onSign);

  return {
    ask(wanted) {
      // A filter that matches nothing keeps the line it has.
      if (wanted.length === 0) return;
      const isFirst = keys.length === 0;
      keys = wanted;
      if (link) say();
      else if (isFirst && life.isVisible()) enter();
      // A tab opened in the background has its figures already; the stream can wait until it is looked at.
      else if (isFirst) onState({ state: 'paused' });
    },
    close() {
      stopWatching();
      drop();
    },
  };
}

function noop(): void {}
