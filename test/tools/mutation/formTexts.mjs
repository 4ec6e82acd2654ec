/** Leaves the wording of the form alone: no test should hold it, n8n's lint and the generated documentation do. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const TEXTS = ['action', 'description', 'displayName', 'placeholder'];

const formTexts = {
	shouldIgnore({ node, parent }) {
		const isText = node.type === 'StringLiteral' && parent?.type === 'ObjectProperty';
		return isText && parent.value === node && TEXTS.includes(parent.key.name)
			? 'wording of the form'
			: undefined;
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'form-texts', formTexts)];
