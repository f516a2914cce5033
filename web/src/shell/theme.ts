export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'suki.theme';

export const currentTheme = (): Theme => (document.documentElement.dataset.theme as Theme | undefined) ?? 'system';

/** Light, dark, or as the system has it; remembered on this device. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(storageKey);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(storageKey, theme);
  }
}
