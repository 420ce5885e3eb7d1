// Keys for lists: j and k go to the next and the previous link, / to the field that searches. Enter is the browser's.
const links = [...document.querySelectorAll("a.claim")];
const field = document.querySelector("#q");
const hint = document.querySelector(".hint");
if (hint) hint.hidden = false;

function typed(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea");
}

function go(step) {
  const item = document.activeElement?.closest("li");
  const at = links.findIndex((link) => link.closest("li") === item);
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus();
  next?.closest("li").scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (typed(event)) return;
  const act = { j: () => go(1), k: () => go(-1), "/": () => field?.focus() }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Who comes back to the list finds it where they left it. A browser that keeps the whole page does so by itself.
for (const link of links) {
  link.addEventListener("focus", () => history.replaceState({ at: link.closest("li").id }, ""));
}

addEventListener("pageshow", ({ persisted }) => {
  const link = history.state?.at && links.find((one) => one.closest("li").id === history.state.at);
  if (link && (persisted || performance.getEntriesByType("navigation")[0]?.type !== "navigate")) link.focus();
});

// A field in which nothing stands need not stand in the address.
document.querySelector("form.asks")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});
