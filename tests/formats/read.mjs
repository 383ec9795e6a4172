// read - reads the formats back with readers and validators from npm and
// compares them with what the format json says of the same report.
//
//	node read.mjs FOLDER-OF-NODE-MODULES FOLDER-OF-REPORTS REPORT...
//
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, folder, ...reports] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const Ajv = require('ajv/dist/2020.js').default;
const addFormats = require('ajv-formats').default;
const MarkdownIt = (await load('markdown-it')).default;
const { parse: parseJunit } = await load('junit2json');

const schemaOf = (path) => JSON.parse(readFileSync(path, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const sarifSchema = ajv.compile(schemaOf(
	`${modules}/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json`));
const gitlabSchema = ajv.compile(schemaOf(new URL('gitlab.schema.json', import.meta.url)));
const rdjsonSchema = ajv.compile(schemaOf(new URL('rdjson.schema.json', import.meta.url)));

const text = (report, format) => readFileSync(`${folder}/${report}.${format}`, 'utf8');
const valid = (schema, value) => assert.ok(schema(value), JSON.stringify(schema.errors, null, 1));
const unlinked = (words) => words.replaceAll('](', '] (');

// A path whose bytes are no UTF-8 is percent-encoded byte for byte.
function bytesOfUri(uri) {
	const bytes = [];
	for (let i = 0; i < uri.length; i++) {
		if (uri[i] === '%') {
			bytes.push(parseInt(uri.slice(i + 1, i + 3), 16));
			i += 2;
		} else {
			bytes.push(uri.charCodeAt(i));
		}
	}
	return Buffer.from(bytes);
}

function bytesOfPath(finding) {
	return finding.path_bytes ? Buffer.from(finding.path_bytes, 'hex')
		: Buffer.from(finding.path ?? './', 'utf8');
}

const tests = {
	'sarif is valid against the schema of OASIS': (report) =>
		valid(sarifSchema, JSON.parse(text(report, 'sarif'))),

	'sarif says what json says': (report, json) => {
		const run = JSON.parse(text(report, 'sarif')).runs[0];
		const present = run.results.filter((r) => !['unchanged', 'absent'].includes(r.baselineState));
		const rules = run.tool.driver.rules;

		assert.equal(run.columnKind, 'unicodeCodePoints');
		assert.equal(run.invocations[0].executionSuccessful, json.status === 'complete');
		assert.deepEqual(
			run.invocations[0].toolExecutionNotifications
				.filter((n) => n.level === 'error').map((n) => n.message.text),
			json.incomplete.map((i) => unlinked(i.reason)));
		assert.equal(present.length, json.findings.length);
		present.forEach((result, i) => {
			const finding = json.findings[i];
			const where = result.locations[0].physicalLocation;

			assert.equal(result.ruleId, finding.rule);
			assert.equal(rules[result.ruleIndex].id, finding.rule);
			assert.equal(result.level, finding.severity);
			assert.equal(result.message.text, unlinked(finding.message));
			assert.equal(result.fingerprints['abide/v1'], finding.fingerprint);
			assert.equal(result.partialFingerprints['abide/v1'], finding.fingerprint);
			assert.deepEqual(bytesOfUri(where.artifactLocation.uri), bytesOfPath(finding));
			assert.match(where.artifactLocation.uri, /^[A-Za-z0-9._~%/-]+$/);
			assert.equal(where.region?.startLine ?? null, finding.start?.line ?? null);
			assert.equal(where.region?.startColumn ?? null, finding.start?.column ?? null);
			assert.equal(result.suppressions.length, finding.waiver ? 1 : 0);
			assert.equal(result.suppressions[0]?.justification ?? null,
				finding.waiver?.reason ?? null);
		});
	},

	'what sarif points to is there': (report) => {
		const run = JSON.parse(text(report, 'sarif')).runs[0];

		for (const rule of run.tool.driver.rules)
			for (const { target } of rule.relationships) {
				const taxonomy = run.taxonomies[target.toolComponent.index];
				assert.equal(taxonomy.name, target.toolComponent.name);
				assert.equal(taxonomy.taxa[target.index].id, target.id);
			}
		for (const { descriptor } of run.invocations[0].ruleConfigurationOverrides)
			assert.equal(run.tool.driver.rules[descriptor.index].id, descriptor.id);
	},

	'help of sarif is markup of ours alone': (report) => {
		for (const rule of JSON.parse(text(report, 'sarif')).runs[0].tool.driver.rules)
			plain(rule.help.markdown, ['p', 'strong', 'code', 'ul', 'li']);
	},

	'gitlab has what is demanded, and says what json says': (report, json) => {
		const entries = JSON.parse(text(report, 'gitlab'));
		const gaps = entries.filter((e) => e.check_name === 'incomplete');
		const rest = entries.slice(gaps.length);

		valid(gitlabSchema, entries);
		assert.equal(gaps.length, json.incomplete.length);
		assert.equal(rest.length, json.findings.length + (report === 'full' ? 1 : 0));
		assert.ok(gaps.every((e) => e.severity === 'blocker'));
		json.findings.forEach((finding, i) => {
			const entry = rest[i];
			assert.equal(entry.check_name, finding.rule);
			assert.ok(entry.description.startsWith(finding.rule));
			assert.ok(entry.description.endsWith(finding.message));
			assert.equal(entry.fingerprint, finding.fingerprint);
			assert.equal(entry.location.path, finding.path ?? '.');
			assert.equal(entry.location.lines.begin, finding.start?.line ?? 1);
		});
	},

	'rdjsonl has the shape of its proto, and says what json says': (report, json) => {
		const lines = text(report, 'rdjsonl').split('\n');

		assert.equal(lines.pop(), '');
		const entries = lines.map((line) => JSON.parse(line));
		const rest = entries.slice(json.incomplete.length);
		entries.forEach((entry) => valid(rdjsonSchema, entry));
		assert.equal(rest.length, json.findings.length);
		rest.forEach((entry, i) => {
			const finding = json.findings[i];
			assert.equal(entry.code.value, finding.rule);
			assert.ok(entry.message.endsWith(finding.message));
			assert.equal(entry.location?.path ?? null, finding.path);
			assert.equal(entry.location?.range?.start.line ?? null, finding.start?.line ?? null);
		});
	},

	'junit is read by a reader of test results': async (report, json) => {
		const suites = await parseJunit(text(report, 'junit'));
		const suite = suites.testsuite[0];
		const cases = suite.testcase;
		const with_ = (key) => cases.filter((c) => c[key]).length;

		assert.equal(Number(suite.tests), cases.length);
		assert.equal(Number(suite.failures), with_('failure'));
		assert.equal(Number(suite.errors), with_('error'));
		assert.equal(Number(suite.skipped), with_('skipped'));
		assert.equal(cases[0].classname, 'abide.run');
		assert.equal(Boolean(cases[0].error), json.status !== 'complete');
		assert.ok(cases.length > json.rules.length);
	},

	'markdown is markup of ours alone': (report, json) => {
		const page = text(report, 'markdown');
		const tokens = plain(page, ['h2', 'h3', 'p', 'strong', 'code', 'table', 'thead',
			'tbody', 'tr', 'th', 'td', 'br', 'ul', 'li']);
		const rows = tokens.filter((t) => t.type === 'tr_open').length;
		const heads = tokens.filter((t) => t.type === 'thead_open').length;
		const gone = report === 'full' ? 1 : 0;

		assert.equal(rows - heads, json.findings.length + gone);
	},
};

// No element but these, however the page is read: with HTML and with words
// that look like addresses made to links.
function plain(page, elements) {
	const reader = new MarkdownIt({ html: true, linkify: true });
	const found = [];
	const walk = (tokens) => tokens.forEach((token) => {
		found.push(token);
		if (token.tag)
			assert.ok(elements.includes(token.tag), `${token.type} <${token.tag}>`);
		if (token.type === 'html_block' || token.type === 'html_inline')
			assert.match(token.content.trim(), /^(<br>|<!-- -->)$/);
		walk(token.children ?? []);
	});
	walk(reader.parse(page, {}));
	return found;
}

let failed = 0;
for (const report of reports) {
	const json = JSON.parse(text(report, 'json'));
	for (const [name, test] of Object.entries(tests)) {
		try {
			await test(report, json);
			console.log(`passed ${report}: ${name}`);
		} catch (error) {
			failed++;
			console.log(`FAILED ${report}: ${name}\n${String(error.message).slice(0, 2000)}`);
		}
	}
}
process.exit(failed ? 1 : 0);
