// What every page gains from script; each page works without it.
import { initAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A message about what just happened, or what went wrong, is where reading goes on.
document.querySelector<HTMLElement>(".oa-flash--error")?.scrollIntoView({ block: "nearest" });
