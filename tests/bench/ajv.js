// ajv - what people write by hand: ajv and js-yaml over a folder or files.
//
//	node ajv.js SCHEMA PATH...
//
// Prints how many files there were and how many are invalid.
//
// SPDX-License-Identifier: Apache-2.0
"use strict";
const fs = require("fs");
const path = require("path");
const yaml = require("js-yaml");
const Ajv = require("ajv/dist/2020");
const formats = require("ajv-formats");

const [schemaFile, ...paths] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, validateSchema: false });
formats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schemaFile, "utf8")));
let files = 0;
let invalid = 0;

function judge(file) {
	const text = fs.readFileSync(file, "utf8");
	files++;
	if (!validate(yaml.load(text, { schema: yaml.CORE_SCHEMA }))) invalid++;
}

function walk(at) {
	for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
		const below = path.join(at, entry.name);
		if (entry.name.startsWith(".")) continue;
		if (entry.isDirectory()) walk(below);
		else if (entry.name.endsWith(".yaml")) judge(below);
	}
}

for (const at of paths) {
	if (fs.statSync(at).isDirectory()) walk(at);
	else judge(at);
}
console.log(`${files} files, ${invalid} invalid`);
