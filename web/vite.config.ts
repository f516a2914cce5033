import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { documentation } from './docs-plugin.ts';
import { messages } from './messages-plugin.ts';
import { publicHead } from './public-head-plugin.ts';

/** The local product to talk to while developing the client alone (`vite web`). */
const api = process.env.SUKI_URL ?? 'http://127.0.0.1:4600';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), publicHead(), react(), tailwindcss(), documentation()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    // The pages that anybody opens by a link stand apart: they carry nothing of the client.
    rolldownOptions: {
      input: ['index.html', 'preferences.html', 'survey.html', 'form.html'].map((name) => `${import.meta.dirname}/${name}`),
    },
    // The CSP allows no data: fonts or scripts, and a hashed file is cached for ever anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/p/api', '/oidc', '/config.json', '/local', '/healthz'].map((path) => [path, { target: api, changeOrigin: true }]),
    ),
  },
});
