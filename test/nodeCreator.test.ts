/**
 * Which node a word finds first in n8n's panel of nodes, by n8n's own search. It looks at the names and the aliases of
 * the action nodes; the trigger stands there under the everyday node, and its own aliases count for nothing.
 */
import { sublimeSearch } from '@n8n/utils/search/sublime-search';

import { WechatPay } from '../nodes/WechatPay/WechatPay.node';
import { WechatPayMemberCard } from '../nodes/WechatPayMemberCard/WechatPayMemberCard.node';
import { catalogues } from './support/catalogue.cts';
import { readJson } from './support/files.cts';
import { EVERYDAY, MEMBER_CARD, WORDS } from './support/searchWords.cts';

const aliasOf = (name: string) =>
	readJson<{ alias: string[] }>(`nodes/${name}/${name}.node.json`).alias;

const nodes = [
	{ description: new WechatPay().description, alias: aliasOf('WechatPay') },
	{ description: new WechatPayMemberCard().description, alias: aliasOf('WechatPayMemberCard') },
].map(({ description: { displayName }, alias }) => ({
	properties: { displayName, codex: { alias } },
}));

/** As the editor of n8n 2.41.1 searches. */
function found(words: string): string[] {
	const results = sublimeSearch(words.toLowerCase(), nodes, [
		{ key: 'properties.displayName', weight: 1.3 },
		{ key: 'properties.codex.alias', weight: 1 },
	]);
	return results.map(({ item }) => item.properties.displayName);
}

it.each(Object.entries(WORDS).flatMap(([node, words]) => words.map((word) => [word, node])))(
	'%s finds %s first',
	(word, node) => {
		expect(found(word)[0]).toBe(node);
	},
);

it.each(['points', '积分', 'WeChat', '微信'])('%s finds both nodes', (word) => {
	expect(found(word)).toEqual([EVERYDAY, MEMBER_CARD]);
});

/** A word for what a node cannot do yet would mislead: it comes with the resource, and not before. */
it.each([
	['bill', ['bill', '账单', '对账', 'reconcile']],
	['coupon', ['coupon', '代金券', '优惠券']],
	['transfer', ['transfer', '转账']],
])('a node that has the resource %s, and no other, is found by its words', (value, words) => {
	const { alias } = nodes[0].properties.codex;
	const has = catalogues.wechatPay.resources.some((resource) => resource.value === value);
	expect(words.filter((word) => alias.includes(word))).toEqual(has ? words : []);
	expect(words.filter((word) => nodes[1].properties.codex.alias.includes(word))).toEqual([]);
});

it('has each alias once', () => {
	for (const { properties } of nodes) {
		const { alias } = properties.codex;
		expect(new Set(alias.map((word) => word.toLowerCase())).size).toBe(alias.length);
	}
});
