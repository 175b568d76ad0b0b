import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { QueryProvider } from '@/lib/client/query-provider';
import './globals.css';

export const metadata: Metadata = {
  description: 'Which variation wins, and how sure that is, live.',
};

/** Language and time zone are the page's (see `PageFrame`): they come with its data. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <QueryProvider>{children}</QueryProvider>
      </body>
    </html>
  );
}
