#!/usr/bin/env node
// Writes data/nerdfonts.inc from the npm package @m234/nerd-fonts.
//
//   npm install --prefix FOLDER @m234/nerd-fonts     (FOLDER outside the repository)
//   node tools/generate_glyphs.js FOLDER
//
// Output: one raw string literal of lines "name<TAB>hex code point", sorted by bytes, so that the
// program can search it in place.
'use strict';
const fs = require('fs');
const path = require('path');

const folder = process.argv[2];
if (!folder) throw new Error('usage: generate_glyphs.js FOLDER');
const mappings = JSON.parse(
    fs.readFileSync(path.join(folder, 'node_modules/@m234/nerd-fonts/mappings.json'), 'utf8'));

// The package names a glyph by its CSS class, "nf-md-home"; WezTerm says "md_home".
const lines = Object.entries(mappings).map(([css, codePoint]) => {
    const name = css.replace(/^nf-/, '').replace('-', '_');
    if (!/^[a-z0-9_]+$/.test(name) || !Number.isInteger(codePoint)) throw new Error(`unexpected glyph ${css}`);
    return `${name}\t${codePoint.toString(16)}\n`;
});
lines.sort((a, b) => (a.split('\t')[0] < b.split('\t')[0] ? -1 : 1));
fs.writeFileSync(path.join(__dirname, '../data/nerdfonts.inc'), `R"data(\n${lines.join('')})data"\n`);
console.log(`${lines.length} glyphs`);
