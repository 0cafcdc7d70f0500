// The live list of alerts: hears of each from the stream, fetches its row, keeps the order, and says
// in words whether it is live. Without script the page is a plain list with a link to refresh it.

import { AlertStream, type AlertNews, type StreamState } from "./alerts/stream";
import { Chime } from "./alerts/sound";
import { Notice } from "./alerts/notice";
import { offerNight } from "./alerts/night";

const STATE_WORDS: Record<StreamState, string> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting: new alerts may be late",
  "signed-out": "Not live: you are signed out. Sign in again",
  "not-entitled": "Not live: your role or training no longer opens alerts",
};

const SAID: Partial<Record<AlertNews["kind"], string>> = {
  raised: "New alert.",
  "further-hit": "Seen again.",
  escalated: "Nobody has taken this on.",
};

class AlertList {
  constructor(
    private readonly list: HTMLElement,
    private readonly empty: HTMLElement,
    private readonly say: HTMLElement,
    private readonly rowsAddress: string,
    private readonly chime: Chime,
    private readonly notice: Notice | null,
  ) {}

  async take(batch: AlertNews[]): Promise<void> {
    const rows = await this.fetchRows([...new Set(batch.map((news) => news.alert))]);
    for (const news of batch) {
      const name = `alert-${news.alert}`;
      const row = rows.get(name);
      const old = document.getElementById(name);
      if (row === undefined) {
        old?.remove();
      } else {
        this.place(row, old);
        this.tell(news, row);
      }
    }
    this.empty.hidden = this.list.children.length > 0;
  }

  private async fetchRows(alerts: string[]): Promise<Map<string, HTMLElement>> {
    const address = new URL(this.rowsAddress, window.location.href);
    for (const alert of alerts) {
      address.searchParams.append("alert", alert);
    }
    const response = await fetch(address);
    if (!response.ok || response.redirected) {
      throw new Error(`the rows were answered with ${response.status}`);
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const rows = page.querySelectorAll<HTMLElement>("li.oa-alert");
    return new Map([...rows].map((row) => [row.id, row]));
  }

  private place(row: HTMLElement, old: HTMLElement | null): void {
    const focused = old?.contains(document.activeElement) ?? false;
    if (old !== row) {
      old?.remove();
    }
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
    const said = SAID[news.kind];
    if (said === undefined) {
      return;
    }
    row.classList.add("oa-alert--fresh");
    this.say.textContent = `${said} ${row.dataset.say ?? ""}`;
    if (news.kind === "raised" || news.kind === "escalated") {
      this.chime.ring();
      this.notice?.show(news);
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
  const notify = root.querySelector<HTMLButtonElement>("[data-live-notify]");
  const list = new AlertList(
    part(root, "[data-live-list]"),
    part(root, "[data-live-empty]"),
    part(root, "[data-live-say]"),
    root.dataset.rows ?? "",
    chime,
    notify === null ? null : new Notice(notify),
  );
  const token = part(root, "[data-live-form] input[name=csrfmiddlewaretoken]") as HTMLInputElement;
  new AlertStream({
    address: root.dataset.stream ?? "",
    ticketAddress: root.dataset.ticket ?? "",
    csrfToken: token.value,
    after: Number(root.dataset.after ?? "0"),
    onAlerts: (batch) => list.take(batch),
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
