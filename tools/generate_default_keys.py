#!/usr/bin/env python3
"""Writes data/default_keys.inc, WezTerm's default key and mouse bindings.

    python3 tools/generate_default_keys.py wezterm-default-keys.tsv > data/default_keys.inc

Output: one raw string literal of lines "table<TAB>trigger<TAB>modifiers<TAB>action", in the order of the
input; the trigger of a mouse binding and every action are JSON in the shape of Lua's tables.
"""
import json
import re
import sys

TOKEN = re.compile(r'\s*(?:(-?\d+\.\d+)|(-?\d+)|"([^"]*)"|(\w+)|([{}\[\](),=]))')


class Reader:
    """The notation of the input: Name, Name=argument, Name(argument), Name{field=value, …}, Multiple[ … ]."""

    def __init__(self, text):
        self.tokens = [m.groups() for m in TOKEN.finditer(text)]
        self.at = 0

    def sign(self, sign):
        if self.at < len(self.tokens) and self.tokens[self.at][4] == sign:
            self.at += 1
            return True
        return False

    def until(self, end):
        items, fields = [], {}
        while not self.sign(end):
            name = self.tokens[self.at][3]
            if name and self.tokens[self.at + 1][4] == '=' and end == '}':
                self.at += 2
                fields[name] = self.value()
            else:
                items.append(self.value())
            self.sign(',')
        return fields or items

    def value(self):
        number, integer, string, word, _ = self.tokens[self.at]
        if self.sign('{'):
            return self.until('}')
        self.at += 1
        if number:
            return float(number)
        if integer:
            return int(integer)
        if string is not None:
            return string
        if word in ('true', 'false'):
            return word == 'true'
        if self.sign('='):
            return {word: self.value()}
        if self.sign('('):
            return {word: self.until(')')[0]}
        if self.sign('{'):
            return {word: self.until('}')}
        if self.sign('['):
            return {word: self.until(']')}
        return word


def main():
    print('R"data(')
    for line in open(sys.argv[1], encoding='utf-8').read().splitlines()[1:]:
        table, trigger, mods, action = line.split('\t')
        if table == 'mouse':
            trigger = json.dumps(Reader(trigger).value())
        print(table, trigger, mods, json.dumps(Reader(action).value()), sep='\t')
    print(')data"')


main()
