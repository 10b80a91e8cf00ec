/** Asks for a page as a visitor would, and prints what came back. */
export async function visit(url: string): Promise<void> {
  const { status, headers } = await fetch(url);
  console.log(`${status}, Retry-After: ${headers.get('retry-after')}`);
}
