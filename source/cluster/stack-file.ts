/** A stack file on disk as what is to be deployed: read as `docker stack deploy` reads it, problems said with their lines. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {readStack, type Stack, type StackDocument, type StackStore} from '../compose/stack.ts';
import {describeProblem} from '../documents/document.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import {unreadable} from './messages.ts';

/** A secret or a config with its data, in base64 as the engine takes it. */
export type StoreContent = Pick<StackStore, 'name' | 'isExternal' | 'labels' | 'driver' | 'templating'> & {
	readonly data: string;
};

export type StackFile = Omit<Stack, 'secrets' | 'configs'> & {
	/** As the person named them. */
	readonly files: readonly string[];
	readonly secrets: readonly StoreContent[];
	readonly configs: readonly StoreContent[];
};

export type StackFileOptions = {
	/** The name of the stack. */
	readonly name: string;
	readonly variables: Readonly<Record<string, string | undefined>>;
	readonly read?: (file: string) => Buffer;
};

/** Reads the files as one stack: what a later one says comes on top of what those before it do. */
export function readStackFiles(
	files: readonly string[],
	{name, variables, read = readFileSync}: StackFileOptions,
): Result<StackFile, SafeText> {
	const documents: StackDocument[] = [];
	for (const file of files) {
		const text = contentOf(file, read);
		if (!text.ok) return text;
		documents.push({name: path.basename(file), text: text.value});
	}
	const directory = path.dirname(files[0] ?? '');
	const stack = readStack(documents, {name, directory, variables, readFile: read});
	if (!stack.ok) return failed(toSafeText(stack.error.slice(0, 1).map(describeProblem).join('')));
	const secrets = withData(stack.value.secrets, directory, read);
	if (!secrets.ok) return secrets;
	const configs = withData(stack.value.configs, directory, read);
	if (!configs.ok) return configs;
	return ok({...stack.value, files, secrets: secrets.value, configs: configs.value});
}

function withData(
	stores: readonly StackStore[],
	directory: string,
	read: (file: string) => Buffer,
): Result<StoreContent[], SafeText> {
	const contents: StoreContent[] = [];
	for (const {data, ...store} of stores) {
		const content = store.isExternal
			? ok(Buffer.alloc(0))
			: 'file' in data
				? contentOf(path.resolve(directory, data.file), read)
				: ok(Buffer.from(data.content));
		if (!content.ok) return content;
		contents.push({...store, data: content.value.toString('base64')});
	}
	return ok(contents);
}

function contentOf(file: string, read: (file: string) => Buffer): Result<Buffer, SafeText> {
	try {
		return ok(read(file));
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		return failed(unreadable(file, String(code), String(error)));
	}
}
