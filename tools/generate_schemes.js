#!/usr/bin/env node
// Writes data/color_schemes.inc and data/scheme_names.inc.
//
//   npm install --prefix FOLDER xterm-theme alacritty-themes base16    (FOLDER outside the repository)
//   node tools/generate_schemes.js FOLDER
//
// Input beside the packages: data/more_schemes.tsv (palettes written by hand) and
// tools/scheme_names.tsv (WezTerm's names for palettes of the packages).
// Output, both sorted by bytes so that the program can search them in place:
//   color_schemes.inc  "id<TAB>foreground,background,cursor,cursor text,selection background,
//                       selection text<TAB>16 colours run together<TAB>index=colour,…"
//   scheme_names.inc   "key<TAB>rank<TAB>display name<TAB>id": the key is the name as fold_name() of
//                       schemes.cpp makes it; the lowest rank wins when only the key fits.
'use strict';
const fs = require('fs');
const path = require('path');

const folder = process.argv[2];
if (!folder) throw new Error('usage: generate_schemes.js FOLDER');
const load = name => require(path.join(folder, 'node_modules', name));
const here = name => path.join(__dirname, '..', name);

const normal = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const bright = normal.map(n => 'bright' + n[0].toUpperCase() + n.slice(1));

function hex(color) {
    if (color === undefined || color === null) return '-';
    const digits = String(color).toLowerCase().replace(/^(0x|#)/, '').slice(0, 6).padStart(6, '0');
    return /^[0-9a-f]{6}$/.test(digits) ? digits : '-'; // Alacritty's "CellForeground" and the like
}

const palettes = new Map(); // source -> {special: [6], colors: [16], indexed: [[index, hex]]}
function add(source, special, colors, indexed) {
    if ([special[0], special[1], ...colors].includes('-')) return console.warn(`incomplete: ${source}`);
    palettes.set(source, {special, colors, indexed: indexed || []});
}

const xterm = load('xterm-theme');
for (const [name, t] of Object.entries(xterm.default || xterm)) {
    add(`xterm:${name}`, [hex(t.foreground), hex(t.background), hex(t.cursor), '-', '-', '-'],
        [...normal, ...bright].map(n => hex(t[n])));
}

const toml = load('@iarna/toml');
const themes = path.join(folder, 'node_modules/alacritty-themes/themes');
for (const file of fs.readdirSync(themes).sort()) {
    const t = toml.parse(fs.readFileSync(path.join(themes, file), 'utf8')).colors;
    const cursor = t.cursor || {}, selection = t.selection || {};
    add(`alacritty:${file.replace(/\.toml$/, '')}`,
        [hex(t.primary.foreground), hex(t.primary.background), hex(cursor.cursor), hex(cursor.text),
         hex(selection.background), hex(selection.text)],
        [...normal.map(n => hex(t.normal[n])), ...normal.map(n => hex((t.bright || t.normal)[n]))],
        (t.indexed_colors || []).map(c => [c.index, hex(c.color)]));
}

// Which base16 slot serves as which terminal colour is WezTerm's rule (color-funcs/schemes/base16.rs).
for (const [name, t] of Object.entries(load('base16'))) {
    if (!t.base00) continue;
    const get = slots => slots.split(' ').map(slot => hex(t[`base${slot}`]));
    add(`base16:${name}`, [...get('05 00 05'), '-', '-', '-'],
        get('00 08 0B 0A 0D 0E 0C 05 03 08 0B 0A 0D 0E 0C 07'),
        get('09 0F 01 02 04 06').map((color, i) => [16 + i, color]));
}

const rows = file => fs.readFileSync(here(file), 'utf8').split('\n').filter(l => l && !l.startsWith('#'))
                         .map(l => l.split('\t'));
const names = new Map(); // display name -> source
for (const [name, source] of rows('tools/scheme_names.tsv')) names.set(name, source);
for (const [displayed, special, colors, indexed] of rows('data/more_schemes.tsv')) {
    const [background, foreground, cursor] = special.split(' ');
    const source = `more:${displayed}`;
    add(source, [foreground, background, cursor, '-', '-', '-'], colors.split(' '),
        indexed.split(' ').filter(Boolean).map(pair => [Number(pair.split('=')[0]), pair.split('=')[1]]));
    for (const name of displayed.split('|')) names.set(name, source);
}

// Keep in step with fold_name() in app/wezterm/schemes.cpp.
const suffix = /\s*\((gogh|base16|terminal\.sexy|iterm2)\)$/i;
const fold = name => name.replace(suffix, '').replace(/^builtin /i, '').toLowerCase().replace(/[^a-z0-9+]/g, '');

// Palettes that WezTerm does not have get a name of their own, unless one that sounds the same exists.
const folded = new Set([...names.keys()].map(fold));
const used = new Set(names.values());
for (const source of palettes.keys()) {
    if (used.has(source)) continue;
    let name = source.replace(/^\w+:/, '').replace(/[_.]/g, ' ');
    if (source.startsWith('base16:')) name = `${name} (base16)`;
    if (folded.has(fold(name))) continue;
    folded.add(fold(name));
    names.set(name, source);
}

const rank = name => (/^builtin /i.test(name) ? 1 : !suffix.test(name) ? 0 : 2 + ['gogh', 'base16', 'terminal.sexy', 'iterm2']
    .indexOf(suffix.exec(name)[1].toLowerCase()));
const ids = new Map();
const id = source => {
    if (!palettes.has(source)) throw new Error(`no palette ${source}`);
    if (!ids.has(source)) ids.set(source, String(ids.size).padStart(3, '0'));
    return ids.get(source);
};
const compare = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const nameLines = [...names].map(([name, source]) => `${fold(name)}\t${rank(name)}\t${name}\t${id(source)}\n`).sort(compare);
const paletteLines = [...ids].map(([source, number]) => {
    const {special, colors, indexed} = palettes.get(source);
    return `${number}\t${special.join(',')}\t${colors.join('')}\t${indexed.map(pair => pair.join('=')).join(',')}\n`;
}).sort(compare);
const write = (file, lines) => fs.writeFileSync(here(file), `R"data(\n${lines.join('')})data"\n`);
write('data/scheme_names.inc', nameLines);
write('data/color_schemes.inc', paletteLines);
console.log(`${paletteLines.length} palettes under ${nameLines.length} names`);
