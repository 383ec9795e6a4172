// SPDX-License-Identifier: Apache-2.0
// The same measurement for ajv; see schema_speed.sh.
'use strict';
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020');
const formats = require('ajv-formats');
const yaml = require('js-yaml');

const [folder, , uri, ...instances] = process.argv.slice(2);
const read = (file) => yaml.loadAll(fs.readFileSync(file, 'utf8'), null,
	{schema: yaml.CORE_SCHEMA})[0];
const ajv = new Ajv({strict: false, validateFormats: true});
formats(ajv);
for (const name of fs.readdirSync(folder))
	if (name.endsWith('.yaml'))
		ajv.addSchema(read(path.join(folder, name)));
const validate = ajv.getSchema(uri);
for (const file of instances) {
	const instance = read(file);
	let best = Infinity;
	let valid;
	for (let i = 0; i < 9; i++) {
		const start = process.hrtime.bigint();
		for (let j = 0; j < 20000; j++)
			valid = validate(instance);
		best = Math.min(best, Number(process.hrtime.bigint() - start));
	}
	console.log(`ajv   ${file}: ${valid ? 'valid' : 'invalid'}, ` +
		`${(best / 20000 / 1000).toFixed(3)} us`);
}
