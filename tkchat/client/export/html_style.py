"""How an exported page looks: light or dark as its reader's system is, and plain on paper."""

STYLE = """
:root { color-scheme: light dark; --ground: #fff; --text: #1d1f24; --muted: #5f6673;
  --line: #d9dce3; --code: #f1f2f5; --own: #eaf1ff; --link: #1d4ed8; --ink: #fff; --light: 36%; }
@media (prefers-color-scheme: dark) { :root { --ground: #1e1f23; --text: #e8e9ec;
  --muted: #a3a8b3; --line: #3d4048; --code: #2b2d33; --own: #243047; --link: #8ab4ff;
  --ink: #17181c; --light: 72%; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem 1rem 4rem; background: var(--ground);
  color: var(--text); font: 16px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header { border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
header p, time, .edited, .reply, .gap, .deleted { color: var(--muted); }
header p { margin: .2rem 0 0; }
h2 { color: var(--muted); font-size: .85rem; text-align: center; margin: 2rem 0 .5rem; }
.gap { text-align: center; background: var(--code); padding: .3rem; margin: .7rem 0;
  font-size: .85rem; }
article { position: relative; padding: .1rem .6rem .1rem 3.4rem; border-radius: .4rem; }
article.head { margin-top: .7rem; }
article.own { background: var(--own); }
article:target { outline: 2px solid var(--link); }
.avatar { position: absolute; left: .5rem; top: .2rem; width: 2.2rem; height: 2.2rem;
  border-radius: 50%; background: hsl(var(--hue) 55% var(--light)); color: var(--ink);
  font-weight: 600; font-size: .85rem; line-height: 2.2rem; text-align: center; }
.author { font-weight: 600; color: hsl(var(--hue) 60% var(--light)); }
time, .edited, .reply { font-size: .8rem; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
.reply { display: block; text-decoration: none; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; border-left: 3px solid var(--line); padding-left: .5rem; }
a { color: var(--link); }
code, pre { font: .92em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  background: var(--code); }
code { padding: .1em .3em; border-radius: .25em; }
pre { margin: .3rem 0; padding: .5rem .7rem; border-radius: .4rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
blockquote { margin: .2rem 0; padding-left: .7rem; border-left: 3px solid var(--line); }
.item { display: flex; gap: .5em; }
.mention { font-weight: 600; }
.reactions { display: flex; flex-wrap: wrap; gap: .35rem; padding: .2rem 0; font-size: .85rem; }
.reactions span { border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; }
@media print { body { max-width: none; font-size: 10.5pt; padding: 0; }
  article { break-inside: avoid; } h2 { break-after: avoid; } .words a { color: inherit; } }
"""
