# structure - reads reports as a parser does, without a browser: well-formed,
# whole in its names and heads, under its own policy, readable in its colours.
#
#	python3 structure.py REPORT...
#
# SPDX-License-Identifier: Apache-2.0
import base64
import hashlib
import re
import sys
from html.parser import HTMLParser

VOID = {'meta', 'br', 'col', 'path', 'line'}
NEVER = {'script', 'img', 'iframe', 'object', 'embed', 'link', 'form', 'base', 'input'}
failed = 0


def test(title, faults):
    global failed
    if faults:
        failed += 1
        print('FAILED', title)
        for fault in faults[:8]:
            print(' ', fault)
    else:
        print('passed', title)


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.names = [], [], [], []
        self.heads, self.links, self.columns = [], [], []
        self.rows, self.row, self.text = [], None, []
        self.policy = self.style = ''
        self.feed(text)
        self.close()
        self.faults += [f'<{tag}> is not closed' for tag in self.open]

    def handle_starttag(self, tag, attributes):
        here = dict(attributes)
        if len(here) != len(attributes):
            self.faults.append(f'<{tag}> says an attribute twice')
        if tag in NEVER:
            self.faults.append(f'<{tag}>')
        for name, value in attributes:
            if name.startswith('on') or name == 'style':
                self.faults.append(f'{name}={value}')
            if name == 'id':
                self.ids.append(value)
            if name in ('aria-labelledby', 'aria-describedby'):
                self.names += value.split()
        if tag == 'a':
            self.links.append(here.get('href', ''))
        if here.get('http-equiv') == 'Content-Security-Policy':
            self.policy = here['content']
        if re.fullmatch('h[1-6]', tag):
            self.heads.append(int(tag[1]))
        if tag == 'colgroup':
            self.columns.append([])
        if tag == 'col':
            self.columns[-1].append(int(here['class'][1:]))
        if tag == 'tr':
            self.row = 0
        if tag in ('td', 'th'):
            self.row += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f'</{tag}> at {self.getpos()} ends {self.open[-1:]}')
            return
        self.open.pop()
        if tag == 'tr':
            self.rows.append((self.row, len(self.columns[-1])))

    def handle_data(self, data):
        if self.open and self.open[-1] == 'style':
            self.style += data
        else:
            self.text.append(data)


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= .04045 else ((c + .055) / 1.055) ** 2.4 for c in parts]
    return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + .05) / (low + .05)


# WCAG 2.2: 1.4.3 for text, 1.4.11 for the areas of the picture beside the page.
def palette(style):
    faults = []
    light = {}
    for number, block in enumerate(re.findall(r':root \{(.*?)\}', style, re.S)):
        colours = dict(re.findall(r'--([a-z-]+): (#[0-9a-f]{6})', block))
        if not colours:
            continue
        light = {**light, **colours}
        for ink in ('ink', 'quiet', 'accent', 'error', 'warning', 'note', 'good'):
            for paper in ('paper', 'card', 'faint'):
                if contrast(light[ink], light[paper]) < 4.5:
                    faults.append(f'{ink} on {paper}, palette {number}: '
                                  f'{contrast(light[ink], light[paper]):.2f}')
    return faults


for path in sys.argv[1:]:
    name = path.split('/')[-1]
    with open(path, encoding='utf-8') as file:
        text = file.read()
    page = Page(text)
    words = ' '.join(page.text)
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    style_classes = set(re.findall(r'\.w(\d+) \{', page.style))
    test(f'{name}: is well-formed', page.faults)
    test(f'{name}: names each thing once', sorted({i for i in page.ids if page.ids.count(i) > 1}))
    test(f'{name}: points at what is there',
         [i for i in page.names + [link[1:] for link in page.links] if i not in page.ids])
    test(f'{name}: links to itself alone', [link for link in page.links if not link.startswith('#')])
    test(f'{name}: its policy names its style, and nothing else',
         [] if page.policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
         else [page.policy, digest])
    test(f'{name}: heads are in order', [] if page.heads[:1] == [1] and page.heads.count(1) == 1 and
         all(b <= a + 1 for a, b in zip(page.heads, page.heads[1:])) else [page.heads])
    test(f'{name}: rows have the cells of their table', [row for row in page.rows if row[0] != row[1]])
    test(f'{name}: columns fill the width', [c for c in page.columns if sum(c) != 100 or
         not {str(share) for share in c} <= style_classes])
    test(f'{name}: no grade, no claim', re.findall(r'(?i)\b(?:non-?)?compliant\b|compliance score|maturity', words))
    test(f'{name}: the ceiling of fines stands there once at most',
         [] if words.count('whichever is') <= 1 else [words.count('whichever is')])
    test(f'{name}: shows controls and directions by number',
         re.findall('[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]', text))
    test(f'{name}: can be read in every palette', palette(page.style))
sys.exit(1 if failed else 0)
