/** A separate file, because the content security policy forbids inline styles. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --bg: #fbfaf7; --surface: #fff; --line: #e4e0d7; --text: #1c1b19; --muted: #6a655c; --accent: #7d5700; }
@media (prefers-color-scheme: dark) {
	:root { --bg: #131316; --surface: #1a1a1e; --line: #2a2a30; --text: #ecebe7; --muted: #a3a09a; --accent: #f2c661; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 "Inter Variable", Inter, system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 48px 20px 96px; }
h1 { font-size: 22px; margin: 0 0 8px; }
h2 { font-size: 15px; margin: 40px 0 12px; }
h3 { font-size: 14px; margin: 0 0 8px; font-weight: 500; overflow-wrap: anywhere; }
p { margin: 0 0 8px; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
nav { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 24px; }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; margin: 0 0 12px; }
code { font: 13px/1.5 "JetBrains Mono Variable", ui-monospace, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(96px, max-content) 1fr; gap: 4px 16px; margin: 12px 0 0; font-size: 12.5px; }
dt { font-variant-numeric: tabular-nums; }
dd { margin: 0; min-width: 0; }
.method { color: var(--accent); font-weight: 600; }
.quiet { color: var(--muted); }
@media (max-width: 560px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
`;
