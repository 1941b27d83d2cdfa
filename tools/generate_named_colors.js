#!/usr/bin/env node
// Writes data/named_colors.inc from X11's rgb.txt (Debian: package x11-common).
//
//   node tools/generate_named_colors.js [/usr/share/X11/rgb.txt]
//
// Output: one raw string literal of lines "name<TAB>rrggbb", sorted by bytes, names in lower case.
'use strict';
const fs = require('fs');
const path = require('path');

// Names of CSS Color level 4 that this rgb.txt lacks, and those that both have with different
// values: "web gray" is CSS's, "gray" X11's (the convention of newer X11 releases).
const css = {
    aqua: '00ffff', crimson: 'dc143c', fuchsia: 'ff00ff', indigo: '4b0082', lime: '00ff00', olive: '808000',
    rebeccapurple: '663399', 'rebecca purple': '663399', silver: 'c0c0c0', teal: '008080',
};
const differing = {gray: '808080', grey: '808080', green: '008000', maroon: '800000', purple: '800080'};

const names = new Map(Object.entries(css));
for (const line of fs.readFileSync(process.argv[2] || '/usr/share/X11/rgb.txt', 'latin1').split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S.*?)\s*$/.exec(line);
    if (!match || match[4] === 'DebianRed') continue;
    const hex = match.slice(1, 4).map(n => Number(n).toString(16).padStart(2, '0')).join('');
    names.set(match[4].toLowerCase(), hex);
}
for (const [name, hex] of Object.entries(differing)) {
    for (const gap of ['', ' ']) {
        names.set(`x11${gap}${name}`, names.get(name));
        names.set(`web${gap}${name}`, hex);
    }
}
const lines = [...names].map(([name, hex]) => `${name}\t${hex}\n`);
lines.sort((a, b) => (a.split('\t')[0] < b.split('\t')[0] ? -1 : 1));
fs.writeFileSync(path.join(__dirname, '../data/named_colors.inc'), `R"data(\n${lines.join('')})data"\n`);
console.log(`${lines.length} names`);
