import { require } from 'tsx/cjs/api';

const { RateLimiter } = require('../../nodes/client/rateLimiter.ts', import.meta.url);

/** One worker's rate limiter, as the nodes use it. */
export const create = ({ clock, cap }) => new RateLimiter({ clock, cap });
