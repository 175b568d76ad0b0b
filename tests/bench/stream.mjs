/** A viewer without a browser: opens the stream and calls back for each event. */
import { request } from 'node:http';

/** @param {string} url @param {(type: string, data: unknown) => void} onEvent @param {() => void} [onEnd] when the server ended it @returns {() => void} closes it */
export function openStream(url, onEvent, onEnd = () => {}) {
  let rest = '';
  const outgoing = request(url, { agent: false }, (response) => {
    response.setEncoding('utf8');
    response.on('data', (chunk) => {
      rest += chunk;
      const frames = rest.split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const type = /^event: (.*)$/m.exec(frame)?.[1];
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        if (type && data) onEvent(type, JSON.parse(data));
      }
    });
    response.on('error', () => {});
    response.once('close', onEnd);
  });
  outgoing.on('error', () => {});
  outgoing.end();
  return () => outgoing.destroy();
}

/** Reads and drops: what a further viewer costs the server is the same, what it costs this process is little. */
export function openIdleStream(url, onEnd = () => {}) {
  const outgoing = request(url, { agent: false }, (response) => {
    response.on('error', () => {});
    response.once('close', onEnd);
    response.resume();
  });
  outgoing.on('error', () => {});
  outgoing.end();
  return () => outgoing.destroy();
}
