import type { Verdicts } from './mail.ts';

/** Whether a mail comes from whom it says. Pure. */
export type Trust = 'proven' | 'failed_check' | 'unverified' | 'spam' | 'virus';

export type Origin = {
  verdicts: Verdicts;
  /** The envelope's sender. */
  envelope: string;
  /** The address in the header, which readers see. */
  from: string;
  /** SES's own header of results; nobody else's. */
  results: string | null;
};

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The same domain, or one below the other: what DMARC calls relaxed alignment, as far as no public list is asked. */
export const aligned = (one: string, other: string): boolean =>
  one !== '' && other !== '' && (one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`));

/** Domains that signed the mail, where their signature holds: `dkim=pass header.i=@example.com`. */
const signers = (results: string | null): string[] =>
  [...(results ?? '').matchAll(/\bdkim=pass\b[^;]*?\bheader\.[id]=@?([\w.-]+)/gi)].map(([, domain = '']) => domain.toLowerCase());

/**
 * `proven` only where no check failed and one that holds vouches for the very domain that readers see: DMARC, or SPF or DKIM of the same
 * domain. A passed SPF or DKIM of another domain proves nothing of the sender.
 */
export function trustOf({ verdicts, envelope, from, results }: Origin): Trust {
  const { spf, dkim, dmarc, spam, virus } = verdicts;
  if (virus === 'fail') return 'virus';
  if ([spf, dkim, dmarc].some((verdict) => verdict === 'fail' || verdict === 'processing_failed')) return 'failed_check';
  if (spam === 'fail') return 'spam';
  const domain = domainOf(from);
  if (dmarc === 'pass') return 'proven';
  if (spf === 'pass' && aligned(domainOf(envelope), domain)) return 'proven';
  return dkim === 'pass' && signers(results).some((signer) => aligned(signer, domain)) ? 'proven' : 'unverified';
}
