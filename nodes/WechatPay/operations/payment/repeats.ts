/** How to find out whether an order was made. */
export const CHECK_FIRST = 'Look with Order: Get whether there is an order of this number.';

/** What to do where there is one with other values; the order of the steps keeps a shopper from paying twice. */
export const NUMBER_USED =
	'Look with Order: Get. If the order is paid, stop. If not, send the first values again, or close it (Order: Close) and only then take a new number.';
