#!/usr/bin/env node
// Writes data/color_schemes.inc and data/scheme_names.inc.
//
//   npm install --prefix FOLDER xterm-theme @electerm/electerm-themes alacritty-themes base16 base16-builder
//   pip install --target FOLDER/python --no-deps pygments-base16 pywal16
//   git clone https://github.com/Gogh-Co/Gogh FOLDER/gogh
//   git clone https://github.com/mbadolato/iTerm2-Color-Schemes FOLDER/iterm2
//   node tools/generate_schemes.js FOLDER        (FOLDER outside the repository)
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
    const [foreground, background, cursor, cursorText, selection, selected] = special;
    const or = (color, other) => color === '-' ? other : color;
    // Configurations index these of a scheme's table; WezTerm's schemes nearly all have them.
    special = [foreground, background, or(cursor, foreground), or(cursorText, background), selection,
               selection === '-' ? '-' : or(selected, foreground)];
    palettes.set(source, {special, colors, indexed: indexed || []});
}

// Which base16 slot serves as which terminal colour is WezTerm's rule (color-funcs/schemes/base16.rs).
function addBase16(source, t) {
    const get = slots => slots.split(' ').map(slot => hex(t[`base${slot}`] || t[`base${slot.toLowerCase()}`]));
    add(source, get('05 00 05 00 05 00'), get('00 08 0B 0A 0D 0E 0C 05 03 08 0B 0A 0D 0E 0C 07'),
        get('09 0F 01 02 04 06').map((color, i) => [16 + i, color]));
}

const filesOf = (folder, ending) => fs.readdirSync(folder).filter(f => f.endsWith(ending)).sort()
    .map(f => [f.slice(0, -ending.length), fs.readFileSync(path.join(folder, f), 'utf8')]);
const slotsIn = (text, pattern) => Object.fromEntries([...text.matchAll(pattern)].map(m => [m[1], m[2]]));

const electerm = path.join(folder, 'node_modules/@electerm/electerm-themes/dist/themes');
for (const [name, text] of filesOf(electerm, '.txt')) {
    const t = slotsIn(text, /^terminal:(\w+)=(\S+)/gm);
    add(`electerm:${name}`, [t.foreground, t.background, t.cursor, t.cursorAccent, t.selection].map(hex).concat('-'),
        [...normal, ...bright].map(n => hex(t[n])));
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

for (const [name, t] of Object.entries(load('base16')))
    if (t.base00) addBase16(`base16:${name}`, t);
for (const [name, text] of filesOf(path.join(folder, 'python/pygments_base16'), '.py'))
    if (name.startsWith('base16-'))
        addBase16(`pygments:${name.slice(7)}`, slotsIn(text, /(base[0-9a-f]{2}) = '#(\w{6})'/g));
// The builder's light schemes have the first eight slots the other way round.
for (const [name, text] of filesOf(path.join(folder, 'node_modules/base16-builder/db/schemes'), '.yml')) {
    const t = slotsIn(text, /(base[0-9a-fA-F]{2}): *"(\w{6})"/g);
    if (!t.base00) continue;
    addBase16(`builder:${name}`, t);
    const light = Array.from({length: 8}, (_, i) => [`base0${i}`, t[`base0${7 - i}`]]);
    addBase16(`builder-light:${name}`, {...t, ...Object.fromEntries(light)});
}
for (const kind of ['dark', 'light'])
    for (const [name, text] of filesOf(path.join(folder, 'python/pywal/colorschemes', kind), '.json')) {
        const {special, colors} = JSON.parse(text);
        add(`pywal:${kind}/${name}`, [hex(special.foreground), hex(special.background), hex(special.cursor), '-', '-', '-'],
            Array.from({length: 16}, (_, i) => hex(colors[`color${i}`])));
    }

// Only for names of tools/scheme_names.tsv: there are many more.
for (const [name, text] of filesOf(path.join(folder, 'gogh/themes'), '.yml')) {
    const t = slotsIn(text, /^(\w+): *["'](#?\w+)["']/gm);
    add(`gogh:${name}`, [t.foreground, t.background, t.cursor].map(hex).concat('-', '-', '-'),
        Array.from({length: 16}, (_, i) => hex(t[`color_${String(i + 1).padStart(2, '0')}`])));
}
for (const [name, text] of filesOf(path.join(folder, 'iterm2/wezterm'), '.toml')) {
    const t = toml.parse(text).colors;
    add(`iterm2:${name}`,
        [t.foreground, t.background, t.cursor_bg, t.cursor_fg, t.selection_bg, t.selection_fg].map(hex),
        [...t.ansi, ...t.brights].map(hex));
}

if (process.env.DUMP_PALETTES) { // for who compares names with palettes
    fs.writeFileSync(process.env.DUMP_PALETTES, JSON.stringify(Object.fromEntries(palettes)));
    process.exit();
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
    if (used.has(source) || /^(builder|builder-light|pygments|pywal|gogh|iterm2):/.test(source)) continue;
    let name = source.replace(/^\w+:/, '').replace(/[_.]/g, ' ');
    if (source.startsWith('base16:')) name = `${name} (base16)`;
    if (folded.has(fold(name))) continue;
    folded.add(fold(name));
    names.set(name, source);
}

// The same palette from another source may have more colours.
const identity = palette => [palette.special[0], palette.special[1], ...palette.colors].join();
const indexedOf = new Map([...palettes.values()].filter(p => p.indexed.length > 0).map(p => [identity(p), p.indexed]));
for (const palette of palettes.values())
    if (palette.indexed.length === 0) palette.indexed = indexedOf.get(identity(palette)) || [];

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
