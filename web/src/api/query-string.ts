/** `{ createdAt: { gte: '…' }, tags: ['a'] }` → `createdAt[gte]=…&tags=a`. */
export function queryString(query: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) search.set(name, value.join(','));
    else if (typeof value === 'object') for (const [op, inner] of Object.entries(value)) search.set(`${name}[${op}]`, String(inner));
    else search.set(name, String(value));
  }
  const text = search.toString();
  return text && `?${text}`;
}
