// Day and night at one press, without leaving the live page; the account remembers it for every page.

export function offerNight(form: HTMLFormElement): void {
  const page = document.documentElement;
  const wanted = form.elements.namedItem("theme") as HTMLInputElement;
  const button = form.querySelector("button");
  if (button === null) {
    return;
  }
  const show = (): void => {
    const night = page.dataset.theme === "night";
    wanted.value = night ? "day" : "night";
    button.textContent = night ? "Day" : "Night";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    page.dataset.theme = wanted.value;
    show();
  });
  show();
}
