/*
 * read - has GitHub's own parser, SchemaStore's schemas and GitLab's schema
 * read what is offered for CI: action.yml, workflows, and the marked blocks of
 * the docs.
 *
 *	node read.mjs MODULES KIND FILE...		KIND: action, workflow, gitlab
 *
 * Says "passed ..." or "FAILED ..." for each test, and plants a fault in each
 * file that has to be found.
 */
/* SPDX-License-Identifier: Apache-2.0 */
import fs from "node:fs";
import path from "node:path";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, kind, ...files] = process.argv.slice(2);
const require = createRequire(path.join(modules, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)));

/* The parser imports JSON as bundlers take it and node does not. */
register("data:text/javascript," + encodeURIComponent(`
	import fs from "node:fs";
	export async function load(url, context, next) {
		if (!url.endsWith(".json"))
			return next(url, context);
		return { format: "module", shortCircuit: true, source:
			"export default " + fs.readFileSync(new URL(url), "utf8") };
	}`));

function told(title, faults) {
	const bad = faults.length > 0;

	console.log(`${bad ? "FAILED" : "passed"} ${title}`);
	for (const fault of faults)
		console.log("  " + fault);
	if (bad)
		process.exitCode = 1;
}

async function schemastore(text) {
	const { validateAction, validateWorkflow } =
		await load("@action-validator/core");
	const state = (kind === "action" ? validateAction : validateWorkflow)(text);

	return state.errors.map((error) => JSON.stringify(error));
}

async function github(text) {
	const url = pathToFileURL(path.join(modules,
		"node_modules/@actions/workflow-parser/dist/index.js"));
	const parser = await import(url);
	const result = parser.parseWorkflow(
		{ name: "workflow.yml", content: text },
		new parser.NoOperationTraceWriter());
	const faults = result.context.errors.getErrors().map((e) => e.message);

	if (result.value) {
		const workflow = await parser.convertWorkflowTemplate(
			result.context, result.value);

		for (const error of workflow.errors ?? [])
			faults.push(error.Message ?? error.message);
	}
	return faults;
}

/* GitLab's schema, with the validator that came with it. */
async function gitlab(text) {
	const folder = path.join(modules, "node_modules/gitlab-ci-local");
	const own = createRequire(path.join(folder, "package.json"));
	const Ajv = own("ajv").default ?? own("ajv");
	const yaml = own("js-yaml");
	const schema = JSON.parse(
		fs.readFileSync(path.join(folder, "src/schema/schema.json"), "utf8"));
	const ajv = new Ajv({ strict: false, allErrors: true, logger: false,
			      validateFormats: false });
	const validate = ajv.compile(schema);

	validate(yaml.load(text));
	return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

const readers = {
	action: [["SchemaStore's schema", schemastore]],
	workflow: [["SchemaStore's schema", schemastore],
		   ["GitHub's parser", github]],
	gitlab: [["GitLab's schema", gitlab]],
}[kind];
const spoil = {
	action: (text) => text.replace("using: composite", "using: composit"),
	workflow: (text) => text.replace("runs-on:", "run-on:"),
	gitlab: (text) => text.replace("when: always", "when: allways"),
}[kind];

for (const file of files) {
	const text = fs.readFileSync(file, "utf8");

	for (const [name, read] of readers) {
		told(`${file} by ${name}`, await read(text));
		const faults = await read(spoil(text));
		told(`a fault in ${file} is found by ${name}`,
			faults.length ? [] : ["it was not"]);
	}
}
