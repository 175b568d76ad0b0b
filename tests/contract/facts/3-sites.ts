/** Section 3.1: sites, which the app calls projects. */
import { reads, writes, type Fact } from './fact';

export const sites: readonly Fact[] = [
  reads('3.1-id', '[O][T]', '`id` is an integer.'),
  reads('3.1-code', '[D-old][T]', '`code` has exactly ten lower-case letters and digits.'),
  writes('3.1-name-may-be-empty', '[T]', '`name` is a text, and may be empty.'),
  reads('3.1-url', '[T]', '`url` is a text, not always a full URL.'),
  reads('3.1-is-script-active', '[O][T]', '`isScriptActive` is a boolean.'),
  reads(
    '3.1-older-fields',
    '[O]',
    '`description` and `dateCreated` are texts, `domainNames` an array, `isKameleoonEnabled` and `isAudienceUsed` booleans.',
  ),
  writes('3.1-tracking-script', '[O][C]', '`trackingScript` is the script of the whole site.'),
  reads('3.1-type', '[C:D]', '`type` is SITE, SITE_JS, SITE_SDK or APPLICATION.'),
  reads('3.1-site-type', '[O][C:D]', '`siteType` is ECOMMERCE, MEDIA or OTHER.'),
  reads(
    '3.1-behavior-when-timeout',
    '[O]',
    '`behaviorWhenTimeout` is RUN, DISABLE_FOR_PAGE or DISABLE_FOR_VISIT.',
  ),
  reads(
    '3.1-data-storage',
    '[O]',
    '`dataStorage` is STANDARD_COOKIE, LOCAL_STORAGE or CUSTOM_COOKIE.',
  ),
  reads(
    '3.1-indicators',
    '[O]',
    '`indicators` lists RETENTION_RATE, NUMBER_OF_PAGES_SEEN and DWELL_TIME.',
  ),
  reads('3.1-capture-event', '[O]', '`captureEventMethod` is CLICK, MOUSEDOWN or MOUSEUP.'),
  reads(
    '3.1-threshold',
    '[O]',
    '`experimentConfig.minWiningReliability`, spelled so, is an integer: the winner threshold of the site.',
  ),
  reads('3.1-other-configs', '[O]', '`personalizationConfig` and `audienceConfig` are objects.'),
  reads('3.1-code-filter', '[C][O]', 'A filter by code gives an array, byCode one object, alike.'),
  reads('3.1-all-at-once', '[O]', 'One list holds every site with its code, to pick from.'),
  writes(
    '3.1-put-whole',
    '[O][C:B]',
    'PUT takes the whole object just read with one field changed; what is read-only is passed over.',
  ),
];
