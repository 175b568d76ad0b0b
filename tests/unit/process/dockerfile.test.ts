import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('Dockerfile', 'utf8').replace(/\\\n\s*/g, '');
const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const [build = [], run = []] = text
  .split(/^FROM .*$/m)
  .slice(1)
  .map((stage) => stage.split('\n'));
const argsOf = (stage: readonly string[], word: string): string[][] =>
  stage.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(/\s+/).slice(1));
/** An instruction in the form of a JSON list. */
const listOf = (word: string): string[] =>
  JSON.parse(
    lines.find((line) => line.startsWith(word))?.replace(/^[^[]*/, '') ?? '[]',
  ) as string[];

describe('the image', () => {
  it('copies only what there is, and nothing that is kept out of it', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = argsOf(build, 'COPY').flatMap((args) => args.slice(0, -1));
    expect(copied.length).toBeGreaterThan(8);
    for (const path of copied) {
      expect(existsSync(path), path).toBe(true);
      expect(ignored, path).toContain(`!${path}`);
    }
    expect(ignored).toContain('*');
  });

  it('runs with what its build made', () => {
    const made = ['/app/node_modules', '/app/.next', ...argsOf(build, 'COPY').flat()];
    for (const args of argsOf(run, 'COPY'))
      for (const path of args.slice(1, -1))
        expect(made.includes(path) || made.includes(path.replace('/app/', '')), path).toBe(true);
  });

  it('is started as npm start starts it, so that the signal to stop arrives', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: { start: string };
    };
    expect(`NODE_ENV=production ${listOf('CMD').join(' ')}`).toBe(scripts.start);
    expect(text).toMatch(/^ENV NODE_ENV=production /m);
    expect(text).toMatch(/^STOPSIGNAL SIGTERM$/m);
  });

  it('is no root, and asks itself whether it is ready', () => {
    expect(argsOf(run, 'USER')).toEqual([['node']]);
    const [node, script] = listOf('HEALTHCHECK');
    expect(node).toBe('node');
    expect(readFileSync(script ?? '', 'utf8')).toContain('/api/health?ready=1');
  });

  it('holds no secret and opens nothing by itself', () => {
    expect(text).not.toMatch(/KAMELEOON|TOKEN|ALLOW_ANONYMOUS/);
  });
});
