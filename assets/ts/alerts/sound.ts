// A short two-tone chime for a new alert, off until the officer turns it on: browsers allow sound only
// after a press, and a car may need silence.

const CHOICE = "openanpr-alert-sound";

export class Chime {
  private context: AudioContext | null = null;

  constructor(private readonly button: HTMLButtonElement) {
    if (typeof AudioContext === "undefined") {
      return;
    }
    button.hidden = false;
    button.addEventListener("click", () => this.toggle());
    if (localStorage.getItem(CHOICE) === "on") {
      // Remembered from before: it can sound once the page has been touched anywhere.
      this.turn(true);
      document.addEventListener("pointerdown", () => void this.context?.resume(), { once: true });
    }
  }

  ring(): void {
    if (this.context === null || this.context.state !== "running") {
      return;
    }
    this.tone(880, 0);
    this.tone(1175, 0.18);
  }

  private toggle(): void {
    this.turn(this.context === null);
    if (this.context !== null) {
      void this.context.resume().then(() => this.ring());
    }
  }

  private turn(on: boolean): void {
    localStorage.setItem(CHOICE, on ? "on" : "off");
    this.button.setAttribute("aria-pressed", String(on));
    if (on) {
      this.context = new AudioContext();
    } else {
      void this.context?.close();
      this.context = null;
    }
  }

  private tone(hertz: number, delay: number): void {
    if (this.context === null) {
      return;
    }
    const start = this.context.currentTime + delay;
    const oscillator = this.context.createOscillator();
    const volume = this.context.createGain();
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.3, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
    oscillator.connect(volume).connect(this.context.destination);
    oscillator.start(start);
    oscillator.stop(start + 0.18);
  }
}
