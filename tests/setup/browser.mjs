/**
 * Finds a Chromium for the tests, or installs one. In this order: CHROMIUM_PATH, the browser Playwright keeps, one of
 * the system's, Playwright's own download, Debian's package (as root). Else one line says what to do.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const ON_SYSTEM = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const ON_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const quietly = (command, args, timeoutMs = 300_000) => {
  try {
    return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: timeoutMs })
      .toString()
      .trim();
  } catch {
    return null;
  }
};

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  for (const name of ON_SYSTEM) {
    const path = quietly('which', [name]);
    if (path) return path;
  }
  return ON_MAC.find((path) => existsSync(path)) ?? null;
}

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** Without these a bare machine draws Japanese and emoji as boxes. */
function installFonts() {
  if (isRootOnDebian() && !quietly('fc-list', [':lang=ja', 'family']))
    aptInstall(['fontconfig', 'fonts-noto-cjk', 'fonts-noto-color-emoji', 'fonts-dejavu-core']);
}

function aptInstall(packages) {
  quietly('apt-get', ['update']);
  return (
    quietly('apt-get', ['install', '-y', '--no-install-recommends', ...packages], 600_000) !== null
  );
}

/** @param {(line: string) => void} say @returns {string} path of an executable Chromium */
export function provideBrowser(say) {
  let path = findBrowser();
  if (!path) {
    say('No Chromium here; installing one …');
    quietly(process.execPath, [
      'node_modules/@playwright/test/cli.js',
      'install',
      '--with-deps',
      'chromium',
    ]);
    path = findBrowser();
  }
  if (!path && isRootOnDebian()) {
    aptInstall(['chromium']);
    path = findBrowser();
  }
  if (!path)
    throw new Error(
      'The browser tests need Chromium or Chrome: install one, or name it in CHROMIUM_PATH.',
    );
  installFonts();
  return path;
}
