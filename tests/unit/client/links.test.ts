import { afterEach, expect, it, vi } from 'vitest';
import { sharedLink } from '@/lib/client/live/links';
import { LINE_VERSION, type ToPage } from '@/lib/client/live/line-messages';

afterEach(() => vi.unstubAllGlobals());

const made: { url: URL; name: string; port: FakePort; worker: EventTarget }[] = [];

class FakePort {
  onmessage: ((event: { data: ToPage }) => void) | null = null;
  isClosed = false;
  readonly sent: unknown[] = [];
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  close(): void {
    this.isClosed = true;
  }
}

class FakeWorker extends EventTarget {
  readonly port = new FakePort();
  constructor(url: URL, { name }: { name: string }) {
    super();
    made.push({ url, name, port: this.port, worker: this });
  }
}

it('shares nothing where the browser has no shared workers', () => {
  vi.stubGlobal('SharedWorker', undefined);
  expect(sharedLink()).toBeNull();
});

it('tells that it is broken where the browser forbids them, after the link is there', async () => {
  vi.stubGlobal(
    'SharedWorker',
    class {
      constructor() {
        throw new DOMException('Storage is blocked here.', 'SecurityError');
      }
    },
  );
  let broken = 0;
  const link = sharedLink()!(
    () => undefined,
    () => (broken += 1),
  );
  expect(broken).toBe(0);
  link.send({ type: 'leave' });
  await Promise.resolve();
  expect(broken).toBe(1);
});

it('names the worker after the version of the messages, and leaves it in an orderly way', () => {
  vi.stubGlobal('SharedWorker', FakeWorker);
  const heard: ToPage[] = [];
  let broken = 0;
  const link = sharedLink()!(
    (message) => heard.push(message),
    () => (broken += 1),
  );
  const { name, url, port, worker } = made.at(-1)!;
  expect(name).toContain(String(LINE_VERSION));
  expect(url.pathname).toMatch(/line-worker/);
  port.onmessage?.({ data: { type: 'here' } });
  expect(heard).toEqual([{ type: 'here' }]);
  worker.dispatchEvent(new Event('error'));
  expect(broken).toBe(1);
  link.close();
  expect(port.sent).toEqual([{ type: 'leave' }]);
  expect(port.isClosed).toBe(true);
  expect(port.onmessage).toBeNull();
  worker.dispatchEvent(new Event('error'));
  expect(broken).toBe(1);
});
