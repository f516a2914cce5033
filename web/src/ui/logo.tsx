/** Two bends that hold each other: seller and suki. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden focusable="false">
      <rect width="32" height="32" rx="9" fill="oklch(0.43 0.088 165)" />
      <g fill="none" strokeWidth="3.4" strokeLinecap="round">
        <path stroke="oklch(0.85 0.135 84)" d="M21.8 11.2A6.2 6.2 0 0 0 10 13.1c0 3 2.6 3.6 6 3.6" />
        <path stroke="#fff" d="M10.2 20.8A6.2 6.2 0 0 0 22 18.9c0-3-2.6-3.6-6-3.6" />
      </g>
    </svg>
  );
}
