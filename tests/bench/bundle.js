// bundle - one JSON document of the schemas of the kinds named, for validators
// that read one schema: each whole schema under $defs with its own $id, and at
// the root a choice by kind.
//
//	node bundle.js SCHEMA_FOLDER KIND... > FILE
//
// SPDX-License-Identifier: Apache-2.0
"use strict";
const fs = require("fs");
const path = require("path");
const yaml = require("js-yaml");

const [folder, ...kinds] = process.argv.slice(2);
const read = (name) =>
	yaml.load(fs.readFileSync(path.join(folder, name + ".yaml"), "utf8"), {
		schema: yaml.CORE_SCHEMA,
	});
const bundle = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://abide.dev/schema/bench-bundle",
	type: "object",
	required: ["kind"],
	properties: { kind: { enum: kinds } },
	allOf: kinds.map((kind) => ({
		if: { properties: { kind: { const: kind } }, required: ["kind"] },
		then: { $ref: `https://abide.dev/schema/${kind}.yaml` },
	})),
	$defs: {},
};
for (const name of ["common", ...kinds]) bundle.$defs[name] = read(name);
process.stdout.write(JSON.stringify(bundle));
