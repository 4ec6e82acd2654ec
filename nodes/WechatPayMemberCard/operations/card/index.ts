import type { Resource } from '../../../action/spec';
import { createCard } from './create';
import { deleteCard } from './delete';
import { depositCodes } from './depositCodes';
import { getCard } from './get';
import { getManyCards } from './getMany';
import { setBenefits } from './setBenefits';
import { updateCard } from './update';
import { upgradeCard } from './upgrade';

export const card: Resource = {
	name: 'Card',
	value: 'card',
	description: 'The template that all cards of a kind are made from',
	operations: [
		createCard,
		deleteCard,
		depositCodes,
		getCard,
		getManyCards,
		setBenefits,
		updateCard,
		upgradeCard,
	],
	defaultOperation: 'get',
};
