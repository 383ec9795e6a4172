# read - reads csv, junit and github back with Python's own readers, or as
# GitHub's runner reads its commands, and compares them with what the format
# json says of the same report.
#
#	python3 read.py FOLDER-OF-REPORTS REPORT...
#
# SPDX-License-Identifier: Apache-2.0
import csv
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

folder, *reports = sys.argv[1:]
NAMED = {'\t': '\\t', '\n': '\\n', '\r': '\\r'}


def read(report, name):
    with open(f'{folder}/{report}.{name}', encoding='utf-8', newline='') as file:
        return file.read()


def shown(text, named=NAMED):
    """As the formats show what is hidden."""
    out = []
    for c in text:
        if c in '\t\n\r':
            out.append(named.get(c, c))
        elif unicodedata.category(c) in ('Cc', 'Cf', 'Zl', 'Zp', 'Cn'):
            out.append(f'\\x{ord(c):02x}' if ord(c) < 0x80 else f'\\u{{{ord(c):x}}}')
        else:
            out.append(c)
    return ''.join(out)


def lossy(text):
    """U+FFFD stands in JSON for a byte that is no UTF-8, which the others show
    by number."""
    return re.sub(r'\\x[89a-f][0-9a-f]', '\ufffd', text)


def same(left, right):
    assert lossy(left) == lossy(shown(right)), f'{left[:300]!r} is not {right[:300]!r}'


def cell(left, right):
    """A cell that a spreadsheet would calculate begins with an apostrophe."""
    right = right or ''
    if right.strip(' \t\n\r\v\f')[:1] in tuple('=+-@|%'):
        assert left.startswith("'"), left
        left = left[1:]
    else:
        assert left[:1] not in tuple('=+-@\t\r'), left
    same(left, right)


def test_csv(report, truth):
    text = read(report, 'csv')
    assert text.endswith('\r\n') and '\n' not in text.replace('\r\n', '')
    rows = list(csv.DictReader(text.splitlines(True), strict=True))
    names = list(rows[0]) if rows else []
    assert names[:7] == ['ref_id', 'name', 'description', 'severity', 'status',
                         'filtering_labels', 'asset'], names
    assert all(None not in row and None not in row.values() for row in rows)
    gaps = [row for row in rows if row['state'] == 'incomplete']
    there = [row for row in rows if row['state'] not in ('incomplete', 'unchanged', 'fixed')]
    assert len(gaps) == len(truth['incomplete'])
    assert len(there) == len(truth['findings'])
    for row, why in zip(gaps, truth['incomplete']):
        cell(row['description'], why['reason'])
        assert row['fingerprint'] == '' and row['as_of'] == truth['now']
        cell(row['snapshot'], truth['snapshot'])
    for row, finding in zip(there, truth['findings']):
        record = finding['record'] or {'kind': '', 'id': ''}
        cell(row['description'], finding['message'])
        cell(row['path'], finding['path'])
        cell(row['rule'], finding['rule'])
        cell(row['kind'], record['kind'])
        cell(row['id'], record['id'])
        cell(row['pointer'], finding['pointer'])
        cell(row['help'], finding['help'])
        assert row['level'] == finding['severity']
        assert row['fingerprint'] == finding['fingerprint']
        start = finding['start'] or {'line': '', 'column': ''}
        assert row['line'] == str(start['line'])
        assert row['column'] == str(start['column'])
        assert (row['state'] == 'waived') == bool(finding['waiver'])
        assert row['exception'] == (finding['waiver'] or {'exception': ''})['exception']


def test_junit(report, truth):
    suites = ElementTree.fromstring(read(report, 'junit'))
    suite = suites.find('testsuite')
    cases = suite.findall('testcase')
    assert int(suite.get('tests')) == int(suites.get('tests')) == len(cases)
    for count, tag in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
        assert int(suite.get(count)) == sum(c.find(tag) is not None for c in cases)
    assert (cases[0].find('error') is not None) == (truth['status'] == 'incomplete')
    rules = {rule['id'] for rule in truth['rules']}
    rules |= {finding['rule'] for finding in truth['findings']}
    assert len(cases) - 1 >= len(rules)
    for rule in rules:
        named = [c for c in cases if lossy(c.get('name')) == lossy(shown(rule, {}))]
        assert len(named) == 1, rule
        found = [f for f in truth['findings'] if f['rule'] == rule]
        open_ = [f for f in found if not f['waiver']]
        bad = named[0].find('failure')
        if bad is None:
            bad = named[0].find('error')
        stumbled = any(r['id'] == rule and r['failed'] for r in truth['rules'])
        assert (bad is not None) == bool(open_ or stumbled), rule
        if open_:
            assert len(bad.text.strip('\n').split('\n')) == len(open_)


def commands(log):
    """Runner: ActionCommand.TryParseV2, on a line whose blanks are trimmed."""
    for line in log.split('\n'):
        line = line.strip()
        if '##[' in line or '##vso[' in line.lower() or '##teamcity[' in line.lower():
            raise AssertionError('an old command: ' + line[:200])
        if not line.startswith('::'):
            yield None, {}, line
            continue
        end = line.index('::', 2)
        name, _, rest = line[2:end].partition(' ')
        properties = {}
        for pair in rest.split(',') if rest else []:
            key, _, value = pair.partition('=')
            for code, c in (('%0D', '\r'), ('%0A', '\n'), ('%3A', ':'), ('%2C', ','), ('%25', '%')):
                value = value.replace(code, c)
            assert key not in properties, line[:200]
            properties[key] = value
        data = line[end + 2:]
        for code, c in (('%0D', '\r'), ('%0A', '\n'), ('%25', '%')):
            data = data.replace(code, c)
        yield name, properties, data


def test_github(report, truth):
    log = read(report, 'github')
    parsed = list(commands(log))
    told = [(n, p, d) for n, p, d in parsed if n]
    plain = [d for n, p, d in parsed if not n]
    allowed = {'title', 'file', 'line', 'endLine', 'col', 'endColumn'}
    for level in ('error', 'warning', 'notice'):
        assert sum(n == level for n, p, d in told) <= 10
    assert all(n in ('error', 'warning', 'notice') and set(p) <= allowed for n, p, d in told)
    extra = [d for n, p, d in told if p['title'] == 'abide (incomplete)' or p['title'] == 'abide']
    lines = sum(bool(re.search(r': (note: waived )?(error|warning|note): ', d)) and
                not d.startswith('abide: note: ') and not d.endswith('[incomplete]')
                and not d.startswith('abide: error: ') for d in plain)
    repository = sum(d.startswith('abide: ') and d.endswith(']') and not d.endswith('[incomplete]')
                     for d in plain)
    assert (truth['status'] == 'incomplete') == any(
        p['title'] == 'abide (incomplete)' for n, p, d in told)
    if len(told) - len(extra) != len(truth['findings']):
        assert len(told) - len(extra) + lines + repository == len(truth['findings']), (
            len(told), len(extra), lines, repository, len(truth['findings']))


csv.field_size_limit(1 << 30)
failed = 0
for report in reports:
    truth = json.loads(read(report, 'json'))
    for test in (test_csv, test_junit, test_github):
        name = f'{report}: {test.__name__[5:]} read by Python'
        try:
            test(report, truth)
            print(f'passed {name}')
        except Exception as error:  # every fault is told, and the rest goes on
            failed += 1
            print(f'FAILED {name}: {type(error).__name__} {str(error)[:1500]}')
sys.exit(1 if failed else 0)
