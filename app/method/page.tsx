import { connection } from 'next/server';
import { MethodPage } from '@/components/method/method-page';
import { PageFrame } from '@/components/ui/page-frame';
import { METHOD_FIGURES } from '@/lib/core/words/method-figures';

/** The same for everybody; rendered per load only because its scripts need the nonce of that load. */
export default async function Page() {
  await connection();
  return (
    <PageFrame here="method">
      <MethodPage locale="en" figures={METHOD_FIGURES} />
    </PageFrame>
  );
}
