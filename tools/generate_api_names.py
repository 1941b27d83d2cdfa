#!/usr/bin/env python3
"""Writes tests/unit/wezterm/api_names.inc, the names of WezTerm's scripting API.

    python3 tools/generate_api_names.py wezterm-api.json wezterm-usage.tsv > tests/unit/wezterm/api_names.inc

Output: one raw string literal of lines "kind<TAB>name<TAB>count", where count says in how many of 114 public
configurations the name was seen. Kinds: value (of the module), method and field ("Type name"), nullable (a
field that may be nil), action, copy-mode, option.
"""
import csv
import json
import sys

# Made by the tests themselves, or given to WezTerm only.
NOT_ASKED = {'SpawnCommand', 'SemanticZone', 'ConfigBuilder', 'GLOBAL', 'KeyAssignment'}


def main():
    api = json.load(open(sys.argv[1], encoding='utf-8'))
    counts = {}
    for row in csv.DictReader(open(sys.argv[2], encoding='utf-8'), delimiter='\t'):
        name = row['name'].split(' ')[0] if row['kind'] == 'method' else row['name']
        counts[row['kind'], name] = row['repos_using']
    lines = []

    def add(kind, name, usage, used_name):
        lines.append((kind, name, counts.get((usage, used_name), '0')))

    for entry in api['module']:
        add('value', entry['name'], 'wezterm-api', entry['name'])
    for one in api['objects']:
        if one['type'] in NOT_ASKED:
            continue
        for method in one['methods']:
            add('method', one['type'] + ' ' + method['name'], 'method', method['name'])
        usage = {'TabInformation': 'tab-information-field', 'PaneInformation': 'pane-information-field'}
        for field in one['fields']:
            missing = 'nil' in field['returns'] or 'only' in field['returns']
            add('nullable' if missing else 'field', one['type'] + ' ' + field['name'],
                usage.get(one['type'], ''), field['name'])
    for action in api['key_assignments']:
        add('action', action['name'], 'key-assignment', action['name'])
    for action in api['copy_mode_assignments']:
        add('copy-mode', action['name'], 'copy-mode', action['name'])
    for option in api['config']:
        add('option', option['name'], 'config-key', option['name'])
    print('R"data(')
    for line in sorted(lines):
        print(*line, sep='\t')
    print(')data"')


main()
