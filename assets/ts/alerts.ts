// The live list of alerts: hears of each from the stream, fetches its row, keeps the order, and says
// in words whether it is live. Without script the page is a plain list with a link to refresh it.

import { AlertStream, type AlertNews, type StreamState } from "./alerts/stream";
import { Chime } from "./alerts/sound";
import { offerNight } from "./alerts/night";

const STATE_WORDS: Record<StreamState, string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting: new alerts may be late",
  "signed-out": "Not live: you are signed out. Sign in again",
  "not-entitled": "Not live: your role or training no longer opens alerts",
};

class AlertList {
  constructor(
    private readonly list: HTMLElement,
    private readonly empty: HTMLElement,
    private readonly say: HTMLElement,
    private readonly rowAddress: string,
    private readonly chime: Chime,
  ) {}

  async take(news: AlertNews): Promise<void> {
    const row = await this.fetchRow(news.alert);
    const old = document.getElementById(`alert-${news.alert}`);
    if (row === null) {
      old?.remove();
    } else {
      this.place(row, old);
      this.tell(news, row);
    }
    this.empty.hidden = this.list.children.length > 0;
  }

  private async fetchRow(alert: string): Promise<HTMLElement | null> {
    const address = this.rowAddress.replace("00000000-0000-0000-0000-000000000000", alert);
    const response = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
    if (response.status === 404 || response.status === 403) {
      return null;
    }
    if (!response.ok || response.redirected) {
      throw new Error(`the row was answered with ${response.status}`);
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector<HTMLElement>("li.oa-alert");
  }

  private place(row: HTMLElement, old: HTMLElement | null): void {
    const focused = old?.contains(document.activeElement) ?? false;
    old?.remove();
    const rank = row.dataset.rank ?? "";
    const after = [...this.list.children].find(
      (other) => ((other as HTMLElement).dataset.rank ?? "") > rank,
    );
    this.list.insertBefore(row, after ?? null);
    if (focused) {
      row.querySelector<HTMLElement>("a")?.focus();
    }
  }

  private tell(news: AlertNews, row: HTMLElement): void {
    if (news.kind !== "raised" && news.kind !== "further-hit") {
      return;
    }
    row.classList.add("oa-alert--fresh");
    const again = news.kind === "further-hit" ? "Seen again. " : "New alert. ";
    this.say.textContent = again + (row.dataset.say ?? "");
    if (news.kind === "raised") {
      this.chime.ring();
    }
  }
}

function part(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) {
    throw new Error(`the page lacks ${selector}`);
  }
  return found;
}

function start(root: HTMLElement): void {
  const state = part(root, "[data-live-state]");
  const chime = new Chime(part(root, "[data-live-sound]") as HTMLButtonElement);
  const list = new AlertList(
    part(root, "[data-live-list]"),
    part(root, "[data-live-empty]"),
    part(root, "[data-live-say]"),
    root.dataset.row ?? "",
    chime,
  );
  const token = part(root, "[data-live-form] input[name=csrfmiddlewaretoken]") as HTMLInputElement;
  new AlertStream({
    address: root.dataset.stream ?? "",
    ticketAddress: root.dataset.ticket ?? "",
    csrfToken: token.value,
    after: Number(root.dataset.after ?? "0"),
    onAlert: (news) => list.take(news),
    onState: (now) => {
      state.textContent = STATE_WORDS[now];
      root.dataset.state = now;
    },
  }).start();
  offerNight(part(root, "[data-theme-switch]") as HTMLFormElement);
}

const root = document.querySelector<HTMLElement>("[data-live]");
if (root !== null) {
  start(root);
}
