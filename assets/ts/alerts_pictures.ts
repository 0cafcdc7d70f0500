// Pictures come a moment after their read: a page that was opened sooner asks for them until they are here.

const EVERY_MS = 1_500;
const TRIES = 20;

async function ask(tries: number): Promise<void> {
  const old = document.getElementById("alert-pictures");
  const address = old?.dataset.awaited;
  if (old === null || address === undefined || tries === 0) {
    return;
  }
  const response = await fetch(address);
  if (response.ok && !response.redirected) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("alert-pictures");
    if (fresh !== null) {
      old.replaceWith(fresh);
    }
  }
  window.setTimeout(() => void ask(tries - 1), EVERY_MS);
}

window.setTimeout(() => void ask(TRIES), EVERY_MS);
