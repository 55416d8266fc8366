import { pageCss } from '@sysd/diagram';

/** Widest that lines of text are, and the page. */
const TEXT = '46rem';
const PAGE = '86rem';

const BASE = `
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;background:var(--sd-bg);color:var(--sd-fg);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Ubuntu,"Helvetica Neue",Arial,sans-serif}
a{color:var(--sd-info);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--sd-focus);outline-offset:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.8125rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--sd-bg);padding:.5rem;z-index:1}
.page{max-width:${PAGE};margin:0 auto;padding:0 1.5rem 4rem}
header{padding:2.5rem 0 1.5rem;border-bottom:1px solid var(--sd-hair);margin-bottom:1.5rem}
header p{max-width:${TEXT};margin:.5rem 0 0}
.kicker{color:var(--sd-muted);font-size:.8125rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;margin:0}
.doc{color:var(--sd-muted);font-size:1.0625rem}
h1{font-size:2rem;line-height:1.2;letter-spacing:-.01em;margin:.25rem 0 0;overflow-wrap:anywhere}
h2{font-size:1.375rem;line-height:1.3;margin:0 0 .875rem}
h3{font-size:1.0625rem;margin:1.75rem 0 .5rem}
h4,h5,h6{font-size:.9375rem;margin:1.25rem 0 .375rem}
p{margin:.5rem 0;max-width:${TEXT};overflow-wrap:break-word}
ul{margin:.375rem 0;padding-left:1.25rem;max-width:60rem}
li{margin:.1875rem 0;overflow-wrap:break-word}
main>section{margin:0 0 3rem}
main>section>h2{padding-top:.25rem}
`;

const CONTENTS = `
nav{font-size:.875rem;line-height:1.4}
nav h2{font-size:.8125rem;color:var(--sd-muted);margin:0 0 .5rem}
nav ol{list-style:none;margin:0;padding:0}
nav li{margin:0}
nav a{display:block;padding:.25rem .625rem;color:var(--sd-fg);text-decoration:none;border-left:2px solid var(--sd-hair)}
nav a:hover{border-left-color:var(--sd-focus);background:var(--sd-frame)}
@media (min-width:66rem){.columns{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:2.25rem}nav{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow-y:auto}}
@media (max-width:65.99rem){nav{margin-bottom:2rem}nav ol{columns:2;column-gap:1.5rem}}
`;

const TABLES = `
.scroll{overflow-x:auto;margin:.75rem 0 1.25rem}
table{border-collapse:collapse;font-size:.875rem;line-height:1.4;font-variant-numeric:tabular-nums;min-width:min(100%,30rem)}
th,td{padding:.4375rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--sd-hair)}
th:first-child,td:first-child{padding-left:.25rem}
thead th,thead td{color:var(--sd-muted);font-weight:600;font-size:.8125rem;vertical-align:bottom;border-bottom:1.5px solid var(--sd-line)}
thead th:first-child{color:var(--sd-fg)}
tbody th{font-weight:600}
.s{white-space:nowrap}
.many{font-size:.8125rem}.many th,.many td{padding-left:.4375rem;padding-right:.4375rem}
.n{text-align:right}
td.good,td.bad,td.unknown{font-weight:600;white-space:nowrap}
td.good{color:var(--sd-ok)}td.good::before{content:"✓ "}
td.bad{color:var(--sd-error)}td.bad::before{content:"✗ "}
td.unknown{color:var(--sd-muted)}
td.bar{min-width:10rem;width:14rem;vertical-align:middle}
.range{display:block;width:100%;min-width:8rem;height:.5rem}
.range .whole{fill:var(--sd-frame2)}.range .part{fill:var(--sd-info)}
`;

const BLOCKS = `
.glance{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;margin:1.25rem 0 0}
.glance div{border:1px solid var(--sd-hair);border-top:3px solid var(--sd-line);border-radius:6px;padding:.75rem .875rem;background:var(--sd-frame)}
.glance dt{font-size:.8125rem;color:var(--sd-muted);font-weight:600}
.glance dd{margin:0;font-size:.8125rem;color:var(--sd-muted);overflow-wrap:anywhere}
.glance .value{font-size:1.25rem;font-weight:650;line-height:1.35;color:var(--sd-fg);font-variant-numeric:tabular-nums}
.glance .good{border-top-color:var(--sd-ok)}.glance .warn{border-top-color:var(--sd-warn)}.glance .bad{border-top-color:var(--sd-error)}
.glance .bad .value{color:var(--sd-error)}
figure{margin:1rem 0 1.5rem}
figcaption{color:var(--sd-muted);font-size:.875rem;max-width:${TEXT}}
.drawing .scroll{border:1px solid var(--sd-hair);border-radius:8px;background:var(--sd-bg);margin:0 0 .5rem}
.drawing svg{display:block;max-width:100%;height:auto;margin:0 auto}
.finding{border:1px solid var(--sd-hair);border-left:4px solid var(--sd-info);border-radius:6px;padding:.75rem 1rem;margin:.75rem 0;max-width:60rem}
.finding p{margin:.25rem 0;max-width:none}
.finding.error{border-left-color:var(--sd-error)}.finding.warning{border-left-color:var(--sd-warn)}.finding.accepted{border-left-color:var(--sd-ok)}
.badge{display:inline-block;border-radius:4px;padding:0 .4375rem;font-size:.75rem;font-weight:700;color:var(--sd-onbadge);background:var(--sd-info)}
.error .badge{background:var(--sd-error)}.warning .badge{background:var(--sd-warn)}.accepted .badge{background:var(--sd-ok)}
.what a{font-weight:600}.what code{color:var(--sd-muted)}
.under{font-size:.9375rem;margin:.5rem 0 0}.under ul{margin:.125rem 0}.under summary{width:fit-content}
pre{background:var(--sd-frame);border:1px solid var(--sd-hair);border-radius:6px;padding:.625rem .75rem;overflow-x:auto;margin:.5rem 0}
details{margin:.5rem 0}
summary{cursor:pointer;font-weight:600;font-size:.9375rem;overflow-wrap:anywhere}
.derivation,.leaf{margin:.1875rem 0 .1875rem 1.125rem}
.derivation summary,.leaf{font-weight:400;font-size:.875rem;font-variant-numeric:tabular-nums}
.leaf{padding-left:1rem;max-width:none}
footer{color:var(--sd-muted);font-size:.8125rem;border-top:1px solid var(--sd-hair);padding-top:1rem}
@media (max-width:45rem){.page{padding:0 1rem 3rem}header{padding-top:1.5rem}h1{font-size:1.625rem}.glance{grid-template-columns:1fr 1fr}.drawing svg{max-width:none;width:56rem}}
`;

const PAPER = `
@page{margin:14mm}
@media print{
html{font-size:11.5px}
.page{max-width:none;padding:0}
header{padding-top:0}
nav ol{columns:4}
nav a{padding-top:.125rem;padding-bottom:.125rem}
.columns{display:block}
nav{position:static;max-height:none;margin-bottom:1.5rem}
a{color:inherit}
p,.finding,ul{max-width:none}
h2,h3,h4{break-after:avoid}
tr,.finding,.glance div,figure{break-inside:avoid}
main>section{margin-bottom:2rem}
.glance{grid-template-columns:repeat(4,1fr)}
table{font-size:.8125rem}
thead th,thead td{font-size:.75rem}
.many,.many thead th{font-size:.6875rem}.many th,.many td{padding:.3125rem .25rem}
th,td{padding:.3125rem .5rem}
td.bar{width:auto;min-width:6rem}.range{min-width:6rem}
.many .s{white-space:normal}
.scroll{overflow:visible}
.drawing svg{max-width:100%;width:auto;max-height:230mm}
.list::details-content{content-visibility:visible;display:block}
.finding details:not([open]),.skip{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;

/** The style of the page and of the drawings in it. */
export const REPORT_CSS: string = [pageCss(), BASE, CONTENTS, TABLES, BLOCKS, PAPER].map((css) => css.trim()).join('\n');
