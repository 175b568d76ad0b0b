// `server-only` throws outside Next; the unit tests run its importers in plain Node.
export {};
