// Sets theme, language and direction before the first paint, so that nothing flashes or turns round.
(() => {
  const root = document.documentElement;
  const theme = localStorage.getItem('suki.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const language = localStorage.getItem('suki.language');
  if (language) {
    root.lang = language;
    root.dir = language === 'ur' ? 'rtl' : 'ltr';
  }
})();
