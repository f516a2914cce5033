import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The international form of a number as people write it, or null where it does not parse. `country` is read for national forms. */
export function e164Of(number: string, country: string | null): string | null {
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(number, region);
  return parsed?.isPossible() ? parsed.number : null;
}
