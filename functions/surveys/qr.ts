import { generate } from 'lean-qr';

/** The blank frame that a reader needs around the code, in modules (ISO/IEC 18004). */
const quiet = 4;

/** A QR code of a text as SVG, black on white, one path: to be printed at any size. */
export function qrSvg(text: string): string {
  const code = generate(text);
  const rows = Array.from({ length: code.size }, (_, y) => rowOf(code, y)).join('');
  const size = code.size + 2 * quiet;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${rows}"/></svg>`;
}

/** The black runs of one row. */
function rowOf(code: ReturnType<typeof generate>, y: number): string {
  let path = '';
  for (let x = 0; x < code.size; x++) {
    let end = x;
    while (end < code.size && code.get(end, y)) end++;
    if (end > x) path += `M${x + quiet} ${y + quiet}h${end - x}v1h${x - end}z`;
    x = end;
  }
  return path;
}
