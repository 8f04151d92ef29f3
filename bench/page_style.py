"""How the page with pictures looks: the colours of the reports, in light and in dark."""

STYLE = """\
:root { color-scheme: light dark; --ink: #1d2733; --soft: #55606e; --rule: #c9d1da;
  --ground: #ffffff; --stripe: #f3f6f9; --plan: #5b7a9d; --good: #17653a; --bad: #a4122b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --soft: #a3afbd; --rule: #3b4653; --ground: #12181f;
    --stripe: #1a222b; --plan: #8fb0d3; --good: #5cc48d; --bad: #ff8b99; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .4rem; padding-bottom: .25rem;
  border-bottom: 2px solid var(--rule); }
.where { color: var(--soft); margin: 0 0 1rem; }
.verdict { border: 1px solid var(--rule); border-radius: 6px; padding: .6rem 1rem;
  background: var(--stripe); }
.verdict p { margin: 0; }
.verdict ul { margin: .4rem 0 0; padding-left: 1.2rem; columns: 26rem; }
a { color: inherit; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; padding: 0; margin: 1rem 0 0;
  list-style: none; color: var(--soft); font-size: .9rem; }
.legend svg { vertical-align: -3px; }
section ul { list-style: none; margin: 0; padding: 0; }
section li { display: grid; grid-template-columns: minmax(0, 25rem) minmax(8rem, 1fr) 9.5rem;
  gap: 0 1.2rem; align-items: center; padding: .45rem .5rem; }
section li:nth-child(odd) { background: var(--stripe); }
section li:target { outline: 2px solid var(--plan); }
.name code { font: 600 .86rem/1.3 ui-monospace, "DejaVu Sans Mono", monospace;
  overflow-wrap: anywhere; }
.name small { display: block; color: var(--soft); font-size: .82rem; }
section svg { width: 100%; height: 30px; display: block; }
.value { font-variant-numeric: tabular-nums; }
.value b, .value span { display: block; white-space: nowrap; }
.value .aim { color: var(--soft); font-size: .85rem; }
.is-kept { color: var(--good); font-size: .85rem; font-weight: 600; }
.is-missed { color: var(--bad); font-size: .85rem; font-weight: 600; }
.bar { stroke-width: 1.2; vector-effect: non-scaling-stroke; }
.bar.kept { fill: var(--good); stroke: var(--good); }
.bar.missed { fill: url(#hatch-missed); stroke: var(--bad); }
.bar.shown { fill: var(--plan); stroke: var(--plan); }
.bar.peer { fill: url(#hatch-peer); stroke: var(--plan); }
.line-missed { stroke: var(--bad); stroke-width: 2; fill: none; }
.line-peer { stroke: var(--plan); stroke-width: 1; fill: none; }
.axis { stroke: var(--rule); stroke-width: 1; }
.mark { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 4 2; }
.gap { fill: var(--ground); }
@media (max-width: 760px) {
  section li { grid-template-columns: minmax(0, 1fr) auto; }
  section svg { grid-column: 1 / -1; grid-row: 2; }
}
@media print { section li { break-inside: avoid; } }
"""
