import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import { questionKey, subjectKey } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Clock } from '@/lib/core/time/clock';
import { createAttention } from '@/lib/server/live/attention';
import type { Frame } from '@/lib/server/live/frame';
import { createFrame } from '@/lib/server/live/frame';
import type { Change, Telling } from '@/lib/server/live/telling';
import { createTelling } from '@/lib/server/live/telling';

export type { Frame };

export type Listener = (frame: Frame) => void;

/** A viewer counts for the pace; the watcher does not. */
export type SubscriberKind = 'viewer' | 'watcher';

export interface Hub {
  /**
   * Sends the last value of each question and a heartbeat at once, then every change. A listener that throws is
   * dropped. The answer leaves; calling it twice does no harm.
   */
  subscribe(questions: readonly Question[], listener: Listener, kind?: SubscriberKind): () => void;
  /**
   * Something about a subject changed: `analysis` the data, `problem` their freshness alone. Told at a pace of
   * at most one event a second and question.
   */
  publish(subject: string, type: Change): void;
  /** Whether a viewer looks at the subject. */
  isWatched(subject: string): boolean;
  /** Whether a viewer has it open by itself, rather than as one row of a list. */
  isFocused(subject: string): boolean;
  /** All subjects that a viewer looks at. */
  watched(): Iterable<string>;
  counts(): { readonly viewers: number; readonly watched: number };
  stop(): void;
}

export interface HubOptions {
  readonly clock: Clock;
  /** The event of a question now; null when there is nothing to say (no such experiment). */
  readonly toEvent: (question: Question, type: Change) => LiveEvent | null;
  readonly toHeartbeat: () => LiveEvent;
  /** Somebody came or left: of these subjects the first viewer came, or the last one left, or is now of another kind. */
  readonly onWatchedChange: (subjects: readonly string[], isWatched: boolean) => void;
  readonly onListenerFault: (error: unknown) => void;
}

export const HEARTBEAT_MS = 15_000;

interface Subscriber {
  readonly listener: Listener;
  readonly kind: SubscriberKind;
  leave: () => void;
}

/** All subscribers of one question; they share its frames. */
interface Audience {
  readonly question: Question;
  readonly subscribers: Set<Subscriber>;
  /** What a newcomer gets; null after a change until somebody needs it. */
  lastAnalysis: Frame | null;
  readonly telling: Telling;
}

/** Who looks at what, and one frame for all who look at the same. First in opens a subject, last out closes it. */
export function createHub(options: HubOptions): Hub {
  const { clock, toEvent, toHeartbeat, onWatchedChange, onListenerFault } = options;
  const subjects = new Map<string, Map<string, Audience>>();
  const attention = createAttention();
  const viewers = new Set<Subscriber>();
  let serial = 0;
  let cancelHeartbeat: (() => void) | null = null;

  const frameOf = (event: LiveEvent): Frame => createFrame(event, (serial += 1));

  const deliver = (subscriber: Subscriber, frame: Frame): void => {
    try {
      subscriber.listener(frame);
    } catch (error) {
      // One broken stream must not keep the others from hearing.
      subscriber.leave();
      onListenerFault(error);
    }
  };

  const lastAnalysis = (audience: Audience): Frame | null => {
    if (!audience.lastAnalysis) {
      const event = toEvent(audience.question, 'analysis');
      audience.lastAnalysis = event && frameOf(event);
    }
    return audience.lastAnalysis;
  };

  const beat = (): void => {
    cancelHeartbeat = clock.setTimer(beat, HEARTBEAT_MS);
    const frame = frameOf(toHeartbeat());
    for (const viewer of [...viewers]) deliver(viewer, frame);
  };

  const watch = (watched: ReadonlySet<string>, step: 1 | -1): void => {
    const changed = attention.count(watched, step);
    if (changed.length === 0) return;
    onWatchedChange(changed, step === 1);
    // What is kept for newcomers names the next reading by the old pace.
    for (const subject of changed)
      for (const audience of subjects.get(subject)?.values() ?? []) audience.lastAnalysis = null;
  };

  const join = (question: Question, subscriber: Subscriber): Audience => {
    const subject = subjectKey(question.subject);
    const audiences = subjects.get(subject) ?? new Map<string, Audience>();
    subjects.set(subject, audiences);
    const key = questionKey(question);
    const audience = audiences.get(key) ?? {
      question,
      subscribers: new Set<Subscriber>(),
      lastAnalysis: null,
      telling: createTelling(clock, (type) => {
        const told = audiences.get(key);
        if (told) tell(told, type);
      }),
    };
    audiences.set(key, audience);
    audience.subscribers.add(subscriber);
    return audience;
  };

  const part = (audience: Audience, subscriber: Subscriber): void => {
    const { question, subscribers } = audience;
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    audience.telling.cancel();
    const subject = subjectKey(question.subject);
    const audiences = subjects.get(subject);
    audiences?.delete(questionKey(question));
    if (audiences?.size === 0) subjects.delete(subject);
  };

  const tell = (audience: Audience, type: Change): void => {
    const event = type === 'problem' ? toEvent(audience.question, type) : null;
    const frame = type === 'analysis' ? lastAnalysis(audience) : event && frameOf(event);
    if (!frame) return;
    for (const subscriber of [...audience.subscribers]) deliver(subscriber, frame);
  };

  return {
    subscribe(questions, listener, kind = 'viewer') {
      const subscriber: Subscriber = { listener, kind, leave: () => undefined };
      const distinct = new Map(questions.map((question) => [questionKey(question), question]));
      const joined = [...distinct.values()].map((question) => join(question, subscriber));
      const watched = new Set(joined.map(({ question }) => subjectKey(question.subject)));
      let hasLeft = false;
      subscriber.leave = () => {
        if (hasLeft) return;
        hasLeft = true;
        for (const audience of joined) part(audience, subscriber);
        if (kind === 'watcher') return;
        viewers.delete(subscriber);
        if (viewers.size === 0) {
          cancelHeartbeat?.();
          cancelHeartbeat = null;
        }
        watch(watched, -1);
      };
      if (kind === 'viewer') {
        viewers.add(subscriber);
        cancelHeartbeat ??= clock.setTimer(beat, HEARTBEAT_MS);
        // Before the first values, so that they already say that a reading is under way.
        watch(watched, 1);
        deliver(subscriber, frameOf(toHeartbeat()));
      }
      for (const audience of joined) {
        const frame = hasLeft ? null : lastAnalysis(audience);
        if (frame) deliver(subscriber, frame);
      }
      return subscriber.leave;
    },

    publish(subject, type) {
      for (const audience of [...(subjects.get(subject)?.values() ?? [])]) {
        // Freshness is part of an analysis event too.
        audience.lastAnalysis = null;
        audience.telling.change(type);
      }
    },

    isWatched: attention.isWatched,
    isFocused: attention.isFocused,
    watched: attention.watched,
    counts: () => ({ viewers: viewers.size, watched: attention.watched().size }),
    stop() {
      cancelHeartbeat?.();
      cancelHeartbeat = null;
      for (const viewer of [...viewers]) viewer.leave();
    },
  };
}
