# counts - compares the first numbers of a report with the findings of abide
# check: how many articles of the GDPR, and how many requirements of ISO/IEC
# 27001, have an open error.
#
#	python3 counts.py REPORT JSON
#
# SPDX-License-Identifier: Apache-2.0
import json
import re
import sys

with open(sys.argv[1], encoding='utf-8') as file:
    page = file.read()
with open(sys.argv[2], encoding='utf-8') as file:
    report = json.load(file)
cites = {cite for finding in report['findings']
         if finding['severity'] == 'error' and not finding['waiver'] for cite in finding['cites']}
articles = {re.match(r'gdpr:art-\d+', cite).group() for cite in cites if cite.startswith('gdpr:')}
controls = {re.match(r'iso27001:(?:A|cl-\d+)[.\d]*', cite).group() for cite in cites
            if cite.startswith('iso27001:')}
said = [int(number) for number in re.findall(r'<strong>(\d+)</strong>', page)]
listed = page.count('class="severity error"') - len([rule for rule in report['rules']
                                                      if rule['severity'] == 'error'])
errors = sum(finding['severity'] == 'error' for finding in report['findings'])
for title, wanted, found in (('articles', len(articles), said[0]),
                             ('controls', len(controls), said[1]),
                             ('errors listed', errors, listed)):
    print('passed' if wanted == found else 'FAILED', title, wanted, found)
sys.exit(said[:2] != [len(articles), len(controls)] or errors != listed)
