#!/usr/bin/env node
// Writes data/gradient_presets.inc: the colour stops of the gradient presets that are splines.
//
//   npm install --prefix FOLDER d3-scale-chromatic    (FOLDER outside the repository)
//   node tools/generate_gradients.js FOLDER
//
// Output: one raw string literal of lines "name<TAB>colours run together", sorted by bytes.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const folder = process.argv[2];
if (!folder) throw new Error('usage: generate_gradients.js FOLDER');
const sandbox = {d3: {}};
sandbox.self = sandbox.globalThis = sandbox;
vm.createContext(sandbox);
for (const name of ['d3-color', 'd3-interpolate', 'd3-scale-chromatic']) {
    vm.runInContext(fs.readFileSync(path.join(folder, 'node_modules', name, 'dist', `${name}.js`), 'utf8'), sandbox);
}

// WezTerm's name -> d3's scheme; the largest size of each.
const schemes = {
    BrBg: 'BrBG', PrGn: 'PRGn', PiYg: 'PiYG', PuOr: 'PuOr', RdBu: 'RdBu', RdGy: 'RdGy', RdYlBu: 'RdYlBu',
    RdYlGn: 'RdYlGn', Spectral: 'Spectral', Blues: 'Blues', Greens: 'Greens', Greys: 'Greys', Oranges: 'Oranges',
    Purples: 'Purples', Reds: 'Reds', BuGn: 'BuGn', BuPu: 'BuPu', GnBu: 'GnBu', OrRd: 'OrRd', PuBuGn: 'PuBuGn',
    PuBu: 'PuBu', PuRd: 'PuRd', RdPu: 'RdPu', YlGnBu: 'YlGnBu', YlGn: 'YlGn', YlOrBr: 'YlOrBr', YlOrRd: 'YlOrRd',
};
// The stops through which WezTerm (by the colorgrad crate) draws matplotlib's colour maps, which are
// in the public domain (CC0).
const stops = {
    Viridis: '440154 482777 3f4a8a 31678e 26838f 1f9d8a 6cce5a b6de2b fee825',
    Inferno: '000004 170b3a 420a68 6b176e 932667 bb3654 dd513a f3771a fca50a f6d644 fcffa4',
    Magma: '000004 140e37 3b0f70 641a80 8c2981 b63679 de4968 f66f5c fe9f6d fece91 fcfdbf',
    Plasma: '0d0887 42039d 6a00a8 900da3 b12a90 cb4678 e16462 f1834b fca636 fccd25 f0f921',
};

const lines = [];
for (const [name, scheme] of Object.entries(schemes)) {
    const sizes = sandbox.d3[`scheme${scheme}`];
    lines.push(`${name}\t${sizes[sizes.length - 1].map(c => c.replace('#', '')).join('')}\n`);
}
for (const [name, colors] of Object.entries(stops)) lines.push(`${name}\t${colors.replaceAll(' ', '')}\n`);
lines.sort((a, b) => (a.split('\t')[0] < b.split('\t')[0] ? -1 : 1));
fs.writeFileSync(path.join(__dirname, '../data/gradient_presets.inc'), `R"data(\n${lines.join('')})data"\n`);
console.log(`${lines.length} presets`);
