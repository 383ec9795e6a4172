// SPDX-License-Identifier: Apache-2.0
// The expressions of cel_speed.json in the engines of npm, beside what
// cel_speed measured in the same run: see cel_speed.sh.
//
//	node cel_peers.mjs cel_speed.json OUTPUT_OF_CEL_SPEED
import fs from 'node:fs';

const [worldFile, oursFile] = process.argv.slice(2);
const world = JSON.parse(fs.readFileSync(worldFile, 'utf8'));

// Whole numbers are int in CEL, which is BigInt there.
function value(v) {
	if (typeof v === 'number')
		return BigInt(v);
	if (Array.isArray(v))
		return v.map(value);
	if (v && typeof v === 'object')
		return Object.fromEntries(
			Object.entries(v).map(([k, w]) => [k, value(w)]));
	return v;
}

function repeat(count) {
	const kinds = ['log', 'screenshot', 'report', 'ticket'];
	return Array.from({length: count}, (_, i) => ({
		id: `CTL-${String(i).padStart(4, '0')}`,
		status: 'active',
		kind: kinds[i % 4],
		size: BigInt(i + 1),
	}));
}

const variables = value(world.variables);
variables.evidence = repeat(20);
variables.records = repeat(200);

// The best rate a second of several rounds.
function rate(run) {
	let times = 10;
	let taken = 0;
	while (taken < 0.05) {
		times *= 2;
		const start = process.hrtime.bigint();
		for (let i = 0; i < times; i++)
			run();
		taken = Number(process.hrtime.bigint() - start) / 1e9;
	}
	let best = 0;
	for (let round = 0; round < 5; round++) {
		const start = process.hrtime.bigint();
		for (let i = 0; i < times * 2; i++)
			run();
		taken = Number(process.hrtime.bigint() - start) / 1e9;
		best = Math.max(best, times * 2 / taken);
	}
	return best;
}

const peers = [];
async function add(name, load) {
	try {
		peers.push({name, compile: await load()});
	} catch (error) {
		console.log(`${name}: skipped (${error.code ?? error.message})`);
	}
}

await add('@marcbachmann/cel-js', async () => {
	const {Environment} = await import('@marcbachmann/cel-js');
	const env = new Environment({unlistedVariablesAreDyn: true});
	return (text) => env.parse(text);
});
await add('@bufbuild/cel', async () => {
	const {celEnv, parse, plan} = await import('@bufbuild/cel');
	const env = celEnv({});
	return (text) => plan(env, parse(text));
});

function show(rate) {
	return rate >= 1e6 ? `${(rate / 1e6).toFixed(2)} M`
	     : rate >= 1e3 ? `${(rate / 1e3).toFixed(1)} k` : rate.toFixed(0);
}

// What one peer does with an expression: [evaluations, compilations].
function measure(peer, text) {
	const program = peer.compile(text);
	const result = program(variables);
	if (result !== true)
		throw new Error(`gives ${String(result)}`);
	return [rate(() => program(variables)), rate(() => peer.compile(text))];
}

const ours = fs.readFileSync(oursFile, 'utf8').split('\n')
	.map((line) => /^(.{18})(\S*)\s+([\d.]+) M\/s.*compile\s+([\d.]+) k/.exec(line))
	.filter(Boolean)
	.map(([, name, plan, evaluations, compilations]) => ({
		name: name.trim(), plan, evaluations: evaluations * 1e6,
		compilations: compilations * 1e3,
	}));
for (const peer of peers)
	for (const {name, text} of world.expressions) {
		let told;
		try {
			const [evaluations, compilations] = measure(peer, text);
			told = ours.filter((one) => one.name === name)
				.map((one) => `abide ${one.plan} ` +
					`${(one.evaluations / evaluations).toFixed(1)} x`)
				.join(', ').replaceAll('  ', ' ');
			told = `${show(evaluations)}/s (${told}), compile ` +
				`${show(compilations)}/s`;
		} catch (error) {
			told = `does not run it: ${error.message.split('\n')[0]}`;
		}
		console.log(`${peer.name.padEnd(22)} ${name.padEnd(18)} ${told}`);
	}
