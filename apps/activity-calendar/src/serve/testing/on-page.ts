import type { Locator, Page } from 'playwright-core';

/** Titles of the activities that are listed. */
export const titlesOf = (page: Page): Promise<string[]> => page.locator('.title').allTextContents();

/** What a screen reader says of the element that has the focus. */
export const focusedLabel = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('aria-label');

/** The cell of a day such as `2024-03-12`. */
export const cellOf = (page: Page, day: string): Locator => page.locator(`[data-day="${day}"]`);

/** Waits until the line above the list has a text. */
export const settled = (page: Page, text: string): Promise<void> =>
  page.locator('#shown', { hasText: text }).waitFor({ state: 'visible' });
