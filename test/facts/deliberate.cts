export const deliberate: Record<string, string> = {};
