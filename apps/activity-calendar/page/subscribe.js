import { byId, setText } from './element.js';

/** The feed's address, to be opened by a calendar program or copied. */
export function showSubscription() {
  const feed = new URL('calendar.ics', location.href);
  feed.hash = '';
  const address = byId('address');
  address.value = feed.href;
  byId('download').href = feed.href;
  byId('webcal').href = feed.href.replace(/^https?:/, 'webcal:');
  address.addEventListener('focus', () => address.select());
  byId('copy').addEventListener('click', async () => {
    setText(byId('copied'), (await copy(address)) ? 'Copied.' : 'Select the address and copy it by your keyboard.');
  });
}

/** Browsers offer the clipboard on https and on this machine; elsewhere the old way may do. */
async function copy(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    input.select();
    return document.execCommand('copy');
  }
}
