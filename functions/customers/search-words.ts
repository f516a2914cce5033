import { fold, numberWord, pieces, words } from '../kernel/fold.ts';
import { type Customer, primaryOf } from './customer.ts';
import { localWord, phoneWords } from './phone-words.ts';

/** What is read of a customer for the search. */
export type Searchable = Pick<Customer, 'kind' | 'name' | 'givenName' | 'familyName' | 'emails' | 'phones' | 'addresses' | 'externalKeys'>;

export const maxSearchWords = 24;
export const maxTextBytes = 300;
/** A longer word is stored by its beginning; keys of DynamoDB end at 1 KiB. */
const maxWordLength = 64;
/** Of each kind of contact so many have words before the address has any. */
const firstContacts = 3;

/** Words in so many names that they find nobody; they are neither stored nor required, unless a name has no others. */
const particles = new Set('de la del dela delos delas los las el the and et du des von bin of'.split(' '));
const legalForms = new Set(
  'ltd limited inc corp corporation co company llc llp plc pvt gmbh ag kg sa sas sarl srl spa ltda bv nv ab'.split(' '),
);
const thaiLegalForm = /^(?:บริษัท|ห้างหุ้นส่วนจำกัด|ห้างหุ้นส่วน)|(?:จำกัด)?(?:มหาชน)?$/g;
/** Providers of mailboxes for everybody: their domain names no customer. */
const publicMailboxes = new Set(
  'gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com icloud.com proton.me orange.fr free.fr'.split(' '),
);

const isThaiLegalForm = (word: string) => word.replace(thaiLegalForm, '') === '';
export const isSmall = (word: string) => particles.has(word) || legalForms.has(word) || isThaiLegalForm(word);

/** A word of a script without spaces, without the legal form of a company around it. */
export const withoutLegalForm = (word: string) => word.replace(thaiLegalForm, '') || word;

/** The beginning of a word, as it stands in a key. */
export const keyWord = (word: string) => [...word].slice(0, maxWordLength).join('');

/** The partition of a word: its first two letters. */
export const partitionOf = (word: string) => [...word].slice(0, 2).join('');

function nameWords(name: string, kind: Searchable['kind']): string[] {
  const all = words(name);
  // Co and Sa are surnames as well as legal forms.
  const telling = all.filter((word) => word.length > 1 && (kind === 'company' ? !isSmall(word) : !particles.has(word)));
  return (telling.length > 0 ? telling : all).map(withoutLegalForm);
}

/** The longest word of a text, numbers and small words aside: the one that a search for several of them looks up. */
const longestWord = (text: string) =>
  words(text)
    .filter((word) => /\p{L}/u.test(word) && !isSmall(word))
    .reduce((longest, word) => (word.length > longest.length ? word : longest), '');

/** An external id as one word; one without letters as a number, so that it is found however it is punctuated. */
const externalWord = (id: string) => (/\p{L}/u.test(id) ? fold(id) : numberWord(id.replace(/\D/g, '')));

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
const addressWords = ({ lines, city }: Searchable['addresses'][number]) => [city ?? '', ...lines].map(longestWord);

/** In two rounds: the first few of each kind, then, if there is room, the others. */
function contactWords(customer: Searchable, round: (list: readonly string[]) => readonly string[]): string[] {
  const mails = customer.emails.map(({ address }) => fold(address));
  const phones = customer.phones.map(({ number, e164 }) => phoneWords(e164 ?? number));
  return [
    ...round(phones.map((phone) => phone?.national ?? '')),
    ...round(mails),
    ...round(customer.externalKeys.map(({ id }) => externalWord(id))),
    ...round(phones.map((phone) => phone?.international ?? '')),
    ...round(mails.map(domainOf).filter((domain) => !publicMailboxes.has(domain))),
    ...round(customer.phones.map(({ number, type }) => localWord(number, type) ?? '')),
  ];
}

/**
 * The words by which a customer is found, at most 24, the telling ones first: name, contacts, town and street (the longest word of each
 * line), the inner syllables of a name without spaces, her company. A word that another one begins with is left out, since a search reads
 * by prefix: `ana` is found by `ana@batis.example`.
 */
export function searchWords(customer: Searchable, companyName = ''): string[] {
  const { kind, name, givenName, familyName, addresses } = customer;
  const named = [name, givenName ?? '', familyName ?? ''].flatMap((part) => nameWords(part, kind));
  const company = nameWords(companyName, 'company');
  const main = primaryOf(addresses);
  const wanted = [
    ...named.flatMap((word) => pieces(word).slice(0, 1)),
    ...contactWords(customer, (list) => list.slice(0, firstContacts)),
    ...(main ? addressWords(main) : []),
    ...named.flatMap(pieces),
    ...company.flatMap((word) => pieces(word).slice(0, 1)),
    ...contactWords(customer, (list) => list.slice(firstContacts)),
    ...addresses.filter((address) => address !== main).flatMap(addressWords),
  ];
  let chosen: string[] = [];
  for (const word of wanted.map(keyWord)) {
    if ([...word].length < 2 || chosen.some((other) => other.startsWith(word))) continue;
    chosen = chosen.filter((other) => !word.startsWith(other));
    if (chosen.length < maxSearchWords) chosen.push(word);
  }
  return chosen;
}

/**
 * The folded text that each of her search rows carries, at most 300 bytes, for the words of a search that are not looked up. Phone
 * numbers with a known country begin with a plus.
 */
export function textOf(customer: Searchable, companyName = ''): string {
  const { name, givenName, familyName, emails, phones, externalKeys, addresses } = customer;
  const numbers = phones.map(({ number, e164 }) => phoneWords(e164 ?? number));
  const all = [
    ...[name, givenName ?? '', familyName ?? ''].flatMap(words),
    ...numbers.map((phone) => (phone?.international ? `+${phone.international}` : (phone?.national ?? ''))),
    ...emails.map(({ address }) => fold(address)),
    ...externalKeys.map(({ id }) => externalWord(id)),
    ...words(companyName),
    ...addresses.flatMap(({ city, lines, postalCode }) => [city ?? '', ...lines, postalCode ?? ''].flatMap(words)),
  ];
  let text = '';
  for (const word of new Set(all)) {
    const longer = text === '' ? word : `${text} ${word}`;
    if (Buffer.byteLength(longer) > maxTextBytes) break;
    text = longer;
  }
  return text;
}
