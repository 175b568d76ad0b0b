import { createHash } from 'node:crypto';
import { markup, Markup } from './markup';

const STYLE = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --ink: #1a1d21; --soft: #565d66; --line: #858c95; --accent: #0b57d0; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15171a; --card: #1e2125; --ink: #eceef1; --soft: #adb4bd; --line: #7b838d; --accent: #8ab4f8; --on-accent: #0c1a30; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.5rem; background: var(--card); border-radius: 0.75rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.soft, dl { color: var(--soft); }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 0.5rem; font-weight: 600; }
.person { position: relative; display: grid; grid-template-columns: 1.25rem 1fr; column-gap: 0.75rem; margin-bottom: 0.5rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.person:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.person input { width: 1.25rem; height: 1.25rem; margin: 0.125rem 0 0; accent-color: var(--accent); }
.person label { font-weight: 600; }
.person label::after { content: ''; position: absolute; inset: 0; cursor: pointer; }
.person dl { grid-column: 2; display: grid; grid-template-columns: max-content 1fr; column-gap: 0.75rem; margin: 0.25rem 0 0; font-size: 0.875rem; }
dd { margin: 0; }
.decision { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-bottom: 1.5rem; }
button { min-height: 2.75rem; padding: 0 1.25rem; border: 1px solid var(--line); border-radius: 0.5rem; background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button.accept { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert { padding: 0.75rem; border: 1px solid currentColor; border-radius: 0.5rem; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
/** Nothing in it comes from outside; were it escaped, its quotes would break. */
const STYLE_MARKUP = new Markup(`<style>${STYLE}</style>`);

export interface Page {
  readonly status: 200 | 400;
  readonly title: string;
  readonly content: Markup;
  /** Where its form may lead to besides here: browsers hold the redirect after it to the same rule. */
  readonly leadsTo?: string;
}

/** A page without script, kept by nobody, framed by nobody, told to nobody. */
export function toPage({ status, title, content, leadsTo }: Page): Response {
  const html = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${STYLE_MARKUP}
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.html;
  const formAction = leadsTo === undefined ? "'self'" : `'self' ${toSource(leadsTo)}`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'sha256-${STYLE_HASH}'`,
        'img-src data:',
        `form-action ${formAction}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

/** The origin of an address, or its scheme where there is no origin, as in those of apps on a phone. */
function toSource(address: string): string {
  const { origin, protocol } = new URL(address);
  return origin === 'null' ? protocol : origin;
}
