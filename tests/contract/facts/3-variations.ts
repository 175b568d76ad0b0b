/** Section 3.4: variations. */
import { reads, untested, writes, type Fact } from './fact';

export const variations: readonly Fact[] = [
  reads(
    '3.4-fields',
    '[D]',
    'A variation has id, name and siteId, and experimentId once attached.',
  ),
  writes(
    '3.4-documented-fields',
    '[D]',
    'Colour, exposition, flicker, shadow DOM, JSON and redirection are kept as sent by PUT.',
  ),
  writes(
    '3.4-redirection',
    '[D]',
    '`redirection.type` is GLOBAL_REDIRECTION or PARAMETER_REDIRECTION.',
  ),
  writes('3.4-after-dom-ready', '[D]', '`isJsCodeAfterDomReady` is true unless said otherwise.'),
  writes('3.4-creation-mode', '[C:A]', '`creationMode` is read: CODE_BASE, WIDGET and others.'),
  untested(
    '3.4-built-by-others',
    '[C:A]',
    '`aiBuilder`, `generatedJsCode` and `generatedCssCode` are read by a client.',
    'When they are filled, and with what.',
  ),
  reads('3.4-original-is-none', '[D][C:A]', 'The original page is no variation: 0 is not found.'),
  writes(
    '3.4-orphan',
    '[C:A]',
    'POST ignores experimentId: the variation belongs to nobody until attached.',
  ),
  writes(
    '3.4-attach-by-experiment',
    '[C:A]',
    'PATCH of the experiment with all variations and deviations attaches it.',
  ),
  writes(
    '3.4-attach-by-variation',
    '[C:E]',
    'PATCH of the variation with experimentId attaches it.',
  ),
  writes(
    '3.4-patch-writable',
    '[D]',
    'PATCH writes cssCode, jsCode, isJsCodeAfterDomReady, name, shadowDom and prompt.',
  ),
  writes('3.4-patch-answer', '[D]', 'PATCH answers with the full variation.'),
  writes('3.4-put', '[O]', 'PUT takes the full object.'),
  writes('3.4-echo', '[C:A][O]', 'Code comes back exactly as sent, to the byte.'),
  writes(
    '3.4-delete',
    '[C:E]',
    'DELETE answers with a text or nothing, and the variation is gone.',
  ),
  writes('3.4-no-code', '[C:A][O]', 'Code that was never written is null, absent or empty.'),
];
