/** The steps of `npm run verify` and `npm test`, and how their outcome is counted. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../lib/process/prepare.mjs';

const REPORTS = join(ROOT, 'test-results');
const bin = (name) => join(ROOT, 'node_modules', name);

/**
 * @typedef {{ name: string, passed: number, failed: number, seconds: number }} Outcome
 * @typedef {{ name: string, args: string[], report?: string, env?: Record<string, string> }} Step
 */

/** @type {Record<string, Step>} */
export const STEPS = {
  format: {
    name: 'format',
    args: [bin('prettier/bin/prettier.cjs'), '--check', '--cache', '--log-level=warn', '.'],
  },
  lint: {
    name: 'lint',
    args: [
      bin('eslint/bin/eslint.js'),
      '--cache',
      '--cache-location=node_modules/.cache/eslint',
      '--max-warnings=0',
      '.',
    ],
  },
  types: { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'] },
  unit: {
    name: 'unit',
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/unit.json',
    ],
    report: 'unit.json',
  },
  browser: {
    name: 'browser',
    args: [bin('@playwright/test/cli.js'), 'test'],
    report: 'browser.json',
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: 'test-results/browser.json' },
  },
};

/** `next-env.d.ts` and the route types are made, not committed. */
export const prepareTypes = () =>
  runStep({ name: 'route types', args: [bin('next/dist/bin/next'), 'typegen'] });

/** Runs a step; its output is shown when it failed, or always for steps that report their own tests. @param {Step} step @returns {Promise<Outcome>} */
export async function runStep(step) {
  mkdirSync(REPORTS, { recursive: true });
  if (step.report) rmSync(join(REPORTS, step.report), { force: true });
  const startedAt = Date.now();
  const { code, output } = await capture(step);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const counts = step.report ? countReport(step.report) : null;
  // A runner that fell over before its first test reports none: that is a failure, never nothing.
  const passed = counts?.passed ?? (code === 0 ? 1 : 0);
  const failed = code === 0 ? (counts?.failed ?? 0) : Math.max(1, counts?.failed ?? 1);
  if (failed > 0) process.stdout.write(output);
  process.stdout.write(
    `${failed > 0 ? '✗' : '✓'} ${step.name}: ${passed} passed, ${failed} failed (${seconds} s)\n`,
  );
  return { name: step.name, passed, failed, seconds };
}

/** @param {Step} step @returns {Promise<{ code: number | null, output: string }>} */
function capture(step) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, step.args, {
      cwd: ROOT,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}

/** @param {string} report @returns {{ passed: number, failed: number } | null} */
function countReport(report) {
  try {
    const body = JSON.parse(readFileSync(join(REPORTS, report), 'utf8'));
    if (body.stats)
      return { passed: body.stats.expected + body.stats.flaky, failed: body.stats.unexpected };
    return { passed: body.numPassedTests, failed: body.numFailedTests };
  } catch {
    return null;
  }
}

/** The closing line. @param {readonly Outcome[]} outcomes @returns {boolean} whether all is well */
export function conclude(outcomes) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  return sum('failed') === 0;
}
