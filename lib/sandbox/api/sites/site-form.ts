import {
  filledText,
  flag,
  listOf,
  oneOf,
  record,
  text,
  whole,
  type Form,
} from '@/lib/sandbox/api/form';

/** A site's name may be empty, its address may lack the scheme. Its code is given by the server. */
export const SITE_FORM: Form = {
  rules: {
    name: text,
    url: filledText,
    description: text,
    isScriptActive: flag,
    isKameleoonEnabled: flag,
    isAudienceUsed: flag,
    domainNames: listOf(text),
    trackingScript: text,
    type: oneOf('SITE', 'SITE_JS', 'SITE_SDK', 'APPLICATION'),
    siteType: oneOf('ECOMMERCE', 'MEDIA', 'OTHER'),
    behaviorWhenTimeout: oneOf('RUN', 'DISABLE_FOR_PAGE', 'DISABLE_FOR_VISIT'),
    dataStorage: oneOf('STANDARD_COOKIE', 'LOCAL_STORAGE', 'CUSTOM_COOKIE'),
    indicators: listOf(oneOf('RETENTION_RATE', 'NUMBER_OF_PAGES_SEEN', 'DWELL_TIME')),
    captureEventMethod: oneOf('CLICK', 'MOUSEDOWN', 'MOUSEUP'),
    // Spelled so by the live API.
    experimentConfig: record({ minWiningReliability: whole(0, 100) }),
    personalizationConfig: record(),
    audienceConfig: record(),
  },
  mandatory: ['name', 'url'],
};
