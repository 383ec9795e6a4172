// check - opens reports in a real Chromium: light, dark, print, 320 to 1280
// pixels wide. Each asks for itself alone, says nothing on the console, does
// not overflow, runs nothing that was injected, and has no violation by axe.
//
//	node check.mjs FOLDER-OF-NODE-MODULES CHROMIUM FOLDER-OF-PICTURES REPORT...
//
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, program, pictures, ...reports] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const looks = [
	{ name: 'light', width: 1280, colorScheme: 'light' },
	{ name: 'dark', width: 1280, colorScheme: 'dark' },
	{ name: 'middle', width: 768, colorScheme: 'light' },
	{ name: 'narrow', width: 320, colorScheme: 'light' },
	{ name: 'print', width: 794, colorScheme: 'light', media: 'print' },
];

let failed = 0;
async function testOf(title, run) {
	try {
		await run();
		console.log(`passed ${title}`);
	} catch (error) {
		failed++;
		console.log(`FAILED ${title}\n${error.message}`);
	}
}

// What a page did besides showing itself.
function watch(page) {
	const seen = { requests: [], said: [] };
	page.on('request', (request) => seen.requests.push(request.url()));
	page.on('console', (message) => seen.said.push(message.text()));
	page.on('pageerror', (error) => seen.said.push(String(error)));
	page.on('dialog', async (dialog) => {
		seen.said.push(`dialog ${dialog.message()}`);
		await dialog.dismiss();
	});
	page.on('popup', () => seen.said.push('popup'));
	return seen;
}

// Elements and attributes that our own pages never have.
const foreign = () => [...document.querySelectorAll(
	'script, img, iframe, object, embed, link, form, input, base, video, audio')]
	.map((element) => element.outerHTML.slice(0, 80))
	.concat([...document.querySelectorAll('*')].flatMap((element) =>
		[...element.attributes]
			.filter(({ name, value }) => name.startsWith('on') || name === 'style' ||
				(name === 'href' && !value.startsWith('#')) || /^\s*javascript:/i.test(value))
			.map(({ name, value }) => `${name}=${value}`)));

async function audit(page, title) {
	await page.evaluate(axeSource);
	const result = await page.evaluate((only) => window.axe.run(document, {
		runOnly: only, resultTypes: ['violations', 'incomplete'] }), rules);
	console.log(`axe ${result.testEngine.version} ${title}: ${result.violations.length} violations, ` +
		`${result.passes.length} rules passed, to be judged by eye: ` +
		`${result.incomplete.map(({ id, nodes }) => `${id} ${nodes.length}`).join(', ') || 'nothing'}`);
	assert.deepEqual(result.violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
}

async function look(browser, report, { name, width, colorScheme, media }) {
	const title = `${basename(report)} ${name}`;
	const context = await browser.newContext({
		viewport: { width, height: 900 }, colorScheme, offline: true });
	const page = await context.newPage();
	const seen = watch(page);
	if (media)
		await page.emulateMedia({ media });
	await page.goto(pathToFileURL(report).href);
	await testOf(`${title}: one request`, () => assert.equal(seen.requests.length, 1, seen.requests));
	await testOf(`${title}: nothing overflows ${width} pixels`, async () => {
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(wide <= width, `${wide} pixels`);
	});
	await testOf(`${title}: nothing was injected`, async () =>
		assert.deepEqual(await page.evaluate(foreign), []));
	await testOf(`${title}: axe`, () => audit(page, title));
	await testOf(`${title}: the console is empty`, () => assert.deepEqual(seen.said, []));
	await page.screenshot({ path: `${pictures}/${basename(report)}-${name}.png` });
	if (media) {
		await testOf(`${title}: every part is printed`, async () => {
			const shut = await page.evaluate(() => [...document.querySelectorAll('details > :not(summary)')]
				.filter((element) => !element.checkVisibility({ contentVisibilityAuto: true })).length);
			assert.equal(shut, 0);
		});
		const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true,
			path: `${pictures}/${basename(report)}.pdf` });
		await testOf(`${title}: it is printed on A4`, () =>
			assert.match(pdf.toString('latin1'), /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/));
	}
	await context.close();
}

// The policy holds: what a page would have to be given to do more is refused.
async function refuses(browser, report) {
	const context = await browser.newContext({ offline: true });
	const page = await context.newPage();
	const seen = watch(page);
	const text = readFileSync(report, 'utf8').replace('</main>',
		'<script>alert(1)</script><p style="color:red">x</p>' +
		'<img src="https://evil.example/x.png" alt="x"></main>');
	await page.route('http://report.invalid/', (route) =>
		route.fulfill({ body: text, contentType: 'text/html' }));
	await page.goto('http://report.invalid/').catch(() => page.setContent(text));
	await testOf(`${basename(report)}: the policy refuses script, style and picture`, () => {
		const refused = seen.said.filter((said) => /Content Security Policy/.test(said));
		assert.ok(refused.length >= 3, seen.said.join('\n'));
		assert.equal(seen.said.filter((said) => said.startsWith('dialog')).length, 0);
	});
	await context.close();
}

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
for (const report of reports) {
	for (const one of looks)
		await look(browser, report, one);
}
await refuses(browser, reports[0]);
await browser.close();
process.exit(failed ? 1 : 0);
