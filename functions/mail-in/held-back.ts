import type { HeldReason } from './mail.ts';

/** Which files of a mail are shown with it, and which are held back until a person asks for them. Nothing is ever opened to find out. Pure. */
const endings: Record<Exclude<HeldReason, 'virus' | 'too_large' | 'too_many' | 'unknown_type' | 'mismatch'>, readonly string[]> = {
  program: [
    ...['exe', 'com', 'scr', 'bat', 'cmd', 'pif', 'msi', 'msp', 'dll', 'cpl', 'jar', 'apk', 'app', 'dmg', 'pkg', 'deb', 'rpm', 'sh', 'ps1'],
    ...[
      'psm1',
      'vbs',
      'vbe',
      'js',
      'jse',
      'mjs',
      'wsf',
      'wsh',
      'hta',
      'lnk',
      'url',
      'reg',
      'scf',
      'inf',
      'gadget',
      'py',
      'pl',
      'rb',
      'php',
    ],
    ...['desktop', 'command', 'appref-ms', 'library-ms', 'settingcontent-ms', 'chm', 'rdp'],
  ],
  web_page: ['html', 'htm', 'xhtml', 'mht', 'mhtml', 'svg', 'svgz', 'xml', 'xsl', 'xslt', 'swf'],
  archive: ['zip', 'rar', '7z', 'tar', 'gz', 'tgz', 'bz2', 'xz', 'zst', 'lz', 'cab', 'ace', 'arj', 'iso', 'img', 'vhd', 'vhdx', 'z'],
  macros: [
    'docm',
    'dotm',
    'xlsm',
    'xltm',
    'xlam',
    'xlsb',
    'pptm',
    'potm',
    'ppam',
    'ppsm',
    'sldm',
    'doc',
    'dot',
    'xls',
    'xlt',
    'ppt',
    'one',
    'mdb',
    'accdb',
  ],
  mail: ['eml', 'msg'],
};
const types: [RegExp, HeldReason][] = [
  [/^(text\/html|application\/xhtml\+xml|image\/svg\+xml|multipart\/related|(text|application)\/xml)$/, 'web_page'],
  [/^message\//, 'mail'],
  [/^application\/(x-)?(zip|gzip|rar|7z-compressed|tar|bzip2?|xz|vnd\.rar|zip-compressed|iso9660-image)$/, 'archive'],
  [/^application\/(x-msdownload|x-msdos-program|x-dosexec|x-sh|x-executable|java-archive|vnd\.android\.package-archive|hta)$/, 'program'],
  [/^(text|application)\/(x-)?(javascript|ecmascript|vbscript|x-python)$/, 'program'],
  [/macroenabled/i, 'macros'],
];
/** What is shown: pictures, sound, film, plain text, PDF, papers without macros. */
const shown =
  /^(image\/(png|jpe?g|gif|webp|heic|heif|bmp|tiff|avif)|audio\/[\w.+-]+|video\/[\w.+-]+|text\/(plain|csv|calendar|vcard|tab-separated-values)|application\/(pdf|rtf|json|pkcs7-signature|pgp-signature|vnd\.openxmlformats-officedocument\.[\w.]+|vnd\.oasis\.opendocument\.[\w.-]+))$/;

const beginnings: [readonly number[], HeldReason][] = [
  [[0x4d, 0x5a], 'program'],
  [[0x7f, 0x45, 0x4c, 0x46], 'program'],
  [[0x23, 0x21], 'program'],
  [[0x52, 0x61, 0x72, 0x21], 'archive'],
  [[0x1f, 0x8b], 'archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
];
const zip = [0x50, 0x4b, 0x03, 0x04] as const;
const startsWith = (bytes: Uint8Array, beginning: readonly number[]) => beginning.every((byte, at) => bytes[at] === byte);

/** Every ending of a name, so that `invoice.pdf.exe` and `invoice.exe.` tell on themselves. */
const endingsOf = (name: string) =>
  name
    .toLowerCase()
    .split('.')
    .slice(1)
    .map((part) => part.replaceAll(/[^a-z0-9-]/g, ''))
    .filter(Boolean);

/** Why a file is held back; null for one that is shown. By its name, the type it says, and its first bytes. */
export function heldBecause({ name, type, content }: { name: string; type: string; content: Uint8Array }): HeldReason | null {
  const all = endingsOf(name);
  for (const [reason, list] of Object.entries(endings)) if (all.some((ending) => list.includes(ending))) return reason as HeldReason;
  const byType = types.find(([pattern]) => pattern.test(type))?.[1];
  if (byType) return byType;
  const byBytes = beginnings.find(([beginning]) => startsWith(content, beginning))?.[1];
  if (byBytes) return byBytes;
  if (!shown.test(type)) return 'unknown_type';
  const isPaper = /openxmlformats|opendocument/.test(type);
  if (startsWith(content, zip) !== isPaper && (isPaper || startsWith(content, zip))) return 'mismatch';
  return type === 'application/pdf' && !startsWith(content, [0x25, 0x50, 0x44, 0x46]) ? 'mismatch' : null;
}

/** A file's name as it may be shown and saved: no folders, no controls, nothing that turns text round; 200 characters. */
export function fileName(name: string | null, at: number): string {
  const plain = (name ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.replaceAll(/\s+/g, ' ')
    .trim();
  return [...(plain || `file-${at + 1}`)].slice(0, 200).join('').slice(0, 200);
}
