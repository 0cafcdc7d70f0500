// The browser's own notification for a new alert, off until the officer turns it on and the browser
// allows it. It holds no mark and no place: it may lie on a locked screen.

import type { AlertNews } from "./stream";

const CHOICE = "openanpr-alert-notice";

export class Notice {
  constructor(private readonly button: HTMLButtonElement) {
    if (typeof Notification === "undefined") {
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => void this.toggle());
    this.turn(localStorage.getItem(CHOICE) === "on" && Notification.permission === "granted");
  }

  show(news: AlertNews): void {
    if (!this.on || !document.hidden) {
      return;
    }
    const notification = new Notification(`ANPR alert, priority ${news.priority}`, {
      body: "Open the alerts to see it.",
      tag: news.alert,
    });
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
    });
  }

  private get on(): boolean {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  private async toggle(): Promise<void> {
    this.turn(!this.on && (await Notification.requestPermission()) === "granted");
    localStorage.setItem(CHOICE, this.on ? "on" : "off");
  }

  private turn(on: boolean): void {
    this.button.setAttribute("aria-pressed", String(on));
  }
}
