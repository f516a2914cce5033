/** Who writes: the name that readers see, and the address. */
export type Address = { name: string | null; address: string };

/** Bytes of text in one encoded word: its 75 characters less `=?UTF-8?B??=`, of which base 64 makes three from four. */
const wordBytes = 45;

/** An address with its name for a `From` header; a name that is not plain ASCII as the encoded words of RFC 2047. */
export function written({ name, address }: Address): string {
  if (!name) return address;
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;
  const words: string[] = [];
  let word = '';
  for (const character of name.replaceAll(/\p{Cc}/gu, ' ')) {
    if (Buffer.byteLength(word + character) > wordBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return `${words.map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ')} <${address}>`;
}
