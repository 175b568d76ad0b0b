/**
 * The text of the page on the method. Apart from all other text: the server alone turns it into HTML, so that no browser
 * loads it as a script.
 */
import method from '@/lib/core/words/messages/en/method.json';

export type MethodMessages = typeof method;

/** English until there is a second folder. */
export const methodMessagesFor = (_locale: string): MethodMessages => method;
