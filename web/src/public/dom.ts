/** What a small page needs to make its elements. Texts are texts: nothing is ever read as HTML. */
export type Children = (Node | string | undefined)[];

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Children
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A sentence with values in it, each kept apart from the direction of the sentence. */
export function sentence(text: string, values: Record<string, string> = {}): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const part of text.split(/(\{\w+\})/)) {
    const value = values[part.slice(1, -1)];
    made.append(part.startsWith('{') && value !== undefined ? element('bdi', {}, value) : part);
  }
  return made;
}
