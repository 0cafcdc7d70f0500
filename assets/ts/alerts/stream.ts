// The connection: a fresh ticket for each try, resumed after the last event that was taken in.
// The browser's own reconnecting would come back with the old ticket, so it is never used.

export type StreamState = "connecting" | "live" | "reconnecting" | "signed-out" | "not-entitled";

export interface AlertNews {
  alert: string;
  kind:
    | "raised"
    | "further-hit"
    | "seen"
    | "checked"
    | "closed"
    | "acknowledged"
    | "assigned"
    | "escalated"
    | "withdrawn";
  priority: number;
  late: boolean;
  at: string;
}

interface Options {
  address: string;
  ticketAddress: string;
  csrfToken: string;
  after: number;
  // Everything that came while the last call ran, oldest first.
  onAlerts: (news: AlertNews[]) => Promise<void>;
  onState: (state: StreamState) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const SILENCE_MS = 40_000;

class Ended extends Error {
  constructor(readonly state: "signed-out" | "not-entitled") {
    super(state);
  }
}

export class AlertStream {
  private source: EventSource | null = null;
  private after: number;
  private pause = FIRST_PAUSE_MS;
  private watchdog = 0;
  // Taken in one batch after the other, so that an older row never overwrites a newer.
  private waiting: { news: AlertNews; sequence: number }[] = [];
  private taking: Promise<void> | null = null;

  constructor(private readonly options: Options) {
    this.after = options.after;
  }

  start(): void {
    this.options.onState("connecting");
    void this.connect();
    window.addEventListener("online", () => this.again(0));
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        this.again(0);
      }
    });
  }

  private async connect(): Promise<void> {
    this.close();
    try {
      this.open(await this.ticket());
    } catch (problem) {
      if (problem instanceof Ended) {
        this.options.onState(problem.state);
      } else {
        this.again();
      }
    }
  }

  private async ticket(): Promise<string> {
    const response = await fetch(this.options.ticketAddress, {
      method: "POST",
      headers: { "X-CSRFToken": this.options.csrfToken },
    });
    if (response.redirected || response.status === 401) {
      throw new Ended("signed-out");
    }
    if (response.status === 403) {
      throw new Ended("not-entitled");
    }
    const answer = (await response.json()) as { ticket: string };
    return answer.ticket;
  }

  private open(ticket: string): void {
    const address = new URL(this.options.address);
    address.searchParams.set("ticket", ticket);
    address.searchParams.set("after", String(this.after));
    const source = new EventSource(address);
    this.source = source;
    this.stillThere();
    source.addEventListener("open", () => {
      this.pause = FIRST_PAUSE_MS;
      this.stillThere();
      this.options.onState("live");
    });
    source.addEventListener("beat", () => this.stillThere());
    source.addEventListener("alert", (event) => this.take(event as MessageEvent<string>));
    source.addEventListener("end", (event) => this.end(event as MessageEvent<string>));
    source.addEventListener("error", () => this.again());
  }

  private take(event: MessageEvent<string>): void {
    this.stillThere();
    const news = JSON.parse(event.data) as AlertNews;
    this.waiting.push({ news, sequence: Number(event.lastEventId) });
    this.taking ??= this.takeIn().finally(() => {
      this.taking = null;
    });
  }

  private async takeIn(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.options.onAlerts(batch.map((one) => one.news));
        this.after = Math.max(this.after, ...batch.map((one) => one.sequence));
      } catch {
        // The new connection sends again what was not taken in.
        this.waiting = [];
        this.again();
      }
    }
  }

  private end(event: MessageEvent<string>): void {
    const { reason } = JSON.parse(event.data) as { reason: string };
    this.close();
    if (reason === "signed-out" || reason === "not-entitled") {
      this.options.onState(reason);
    } else if (reason === "renew") {
      void (this.taking ?? Promise.resolve()).then(() => this.connect());
    } else {
      this.again();
    }
  }

  private again(pause = this.pause): void {
    this.close();
    this.options.onState("reconnecting");
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    // Not all screens at the same instant after a restart.
    const spread = pause * (0.75 + Math.random() / 2);
    this.watchdog = window.setTimeout(() => void this.connect(), spread);
  }

  private stillThere(): void {
    window.clearTimeout(this.watchdog);
    this.watchdog = window.setTimeout(() => this.again(), SILENCE_MS);
  }

  private close(): void {
    window.clearTimeout(this.watchdog);
    this.source?.close();
    this.source = null;
  }
}
