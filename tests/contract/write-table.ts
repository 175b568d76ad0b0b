/** Writes `docs/contract.md` anew: node --import tsx tests/contract/write-table.ts */
import { writeFile } from 'node:fs/promises';
import { contractTable, TABLE_FILE } from './table';

await writeFile(TABLE_FILE, await contractTable());
