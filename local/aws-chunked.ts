import { Transform, type TransformCallback } from 'node:stream';

/**
 * Unwraps S3's `aws-chunked` body: `<hex size>[;signature]\r\n<bytes>\r\n … 0\r\n<trailers>\r\n`. Trailers (checksums) are read over.
 * A body that breaks the form ends the stream with an error.
 */
export class AwsChunked extends Transform {
  #line = '';
  #left = 0;
  #state: 'size' | 'bytes' | 'end of chunk' | 'trailers' = 'size';

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let at = 0;
    while (at < chunk.length && this.#state !== 'trailers') {
      if (this.#state === 'bytes') {
        const part = chunk.subarray(at, at + this.#left);
        this.push(part);
        at += part.length;
        this.#left -= part.length;
        if (this.#left === 0) this.#state = 'end of chunk';
        continue;
      }
      this.#line += String.fromCharCode(chunk[at++] as number);
      const broken = this.#line.length > 4096 || (this.#line.endsWith('\r\n') && !this.#lineRead());
      if (!broken) continue;
      done(new Error('The aws-chunked body is not of its form.'));
      return;
    }
    done();
  }

  #lineRead(): boolean {
    const line = this.#line.slice(0, -2);
    this.#line = '';
    if (this.#state === 'end of chunk') {
      this.#state = 'size';
      return line === '';
    }
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(line)?.[1];
    if (size === undefined) return false;
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left > 0 ? 'bytes' : 'trailers';
    return true;
  }

  override _flush(done: TransformCallback): void {
    done(this.#state === 'trailers' ? null : new Error('The aws-chunked body ends early.'));
  }
}
