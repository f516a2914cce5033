/** More fields than any form of ours has. */
const mostFields = 20;

/** The plain fields of a form by their names, of a repeated one the last; undefined where the media type is no form. Files are left aside. */
export function formFields(contentType: string, text: string): Record<string, string> | undefined {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim());
  if (/^application\/x-www-form-urlencoded$/i.test(type)) return named([...new URLSearchParams(text)]);
  if (!/^multipart\/form-data$/i.test(type)) return undefined;
  const boundary = parameters.map((one) => /^boundary="?([\w'()+,./:=? -]{1,70}?)"?$/i.exec(one)?.[1]).find(Boolean);
  return named(boundary ? partsOf(text, boundary) : []);
}

const named = (fields: [string, string][]) => Object.fromEntries(fields.slice(0, mostFields));

function partsOf(text: string, boundary: string): [string, string][] {
  return `\r\n${text}`
    .split(`\r\n--${boundary}`)
    .slice(1, mostFields + 1)
    .flatMap((part): [string, string][] => {
      const end = part.indexOf('\r\n\r\n');
      const head = part.slice(0, Math.max(end, 0));
      const name = /^content-disposition:\s*form-data\s*;.*?\bname="([^"]{1,100})"/im.exec(head)?.[1];
      return end < 0 || name === undefined || /\bfilename\*?=/i.test(head) ? [] : [[name, part.slice(end + 4)]];
    });
}
