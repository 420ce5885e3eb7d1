// A click on a source, cue or content lights up the whole attribution. The page can be read without.
(() => {
  "use strict";
  const ROLES = ["source", "cue", "content", "deciding", "own", "credit"];
  const parts = new Map(); // attribution -> [element, role] pairs
  const status = document.querySelector("[role=status]");
  const toRow = document.querySelector(".to-row"); // seen only where the list is not beside the text
  let lit = null; // the attribution that is lit
  let clicked = null; // where it was asked for

  const words = (text) => (text ? text.split(" ") : []);
  const entryOf = (key) => document.querySelector(`[data-entry="${CSS.escape(key)}"]`);
  const exists = (key) => parts.has(key);
  // Words that decided something may lie in what is not lit.
  const classes = (role) => (role === "deciding" ? ["lit-deciding"] : ["lit", `lit-${role}`]);

  function putOut() {
    if (lit === null) return;
    for (const [element, role] of parts.get(lit)) element.classList.remove(...classes(role));
    entryOf(lit)?.classList.remove("lit");
    entryOf(lit)?.querySelector("details")?.removeAttribute("open");
    document.documentElement.classList.remove("picking");
    status.textContent = "";
    toRow.hidden = true;
    lit = null;
  }

  function light(key) {
    putOut();
    if (!exists(key)) return;
    for (const [element, role] of parts.get(key)) element.classList.add(...classes(role));
    document.documentElement.classList.add("picking");
    lit = key;
    tell(entryOf(key));
  }

  function tell(entry) {
    if (!entry) return;
    entry.classList.add("lit");
    entry.querySelector("details")?.setAttribute("open", "");
    const said = [...entry.querySelectorAll("a, summary")].map((part) => part.textContent).join(" · ");
    status.textContent = said.replace(/\s+/g, " ").trim();
    const list = entry.closest("aside");
    if (!list) return;
    showWayTo(entry);
    const [top, bottom] = [entry.offsetTop - list.offsetTop, entry.offsetTop - list.offsetTop + entry.offsetHeight];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - 60;
  }

  function showWayTo(entry) {
    const link = toRow.firstElementChild;
    link.href = `#${entry.id}`;
    link.textContent = "In the list: " + [...entry.querySelectorAll("b > bdi, em, a > small, .why > summary")].map((part) => part.textContent).join(" · ");
    toRow.hidden = false;
  }

  // The innermost first; asked again at the same place the next one out, and after the outermost none.
  function pick(element) {
    const keys = words(element.dataset.order);
    const next = element === clicked && lit !== null ? keys.indexOf(lit) + 1 : 0;
    clicked = element;
    if (next < keys.length) light(keys[next]);
    else putOut();
  }

  function onClick(event) {
    if (String(getSelection())) return; // someone marks text to copy it
    const link = event.target.closest("[data-entry] a");
    const element = event.target.closest("[data-order]");
    if (toRow.contains(event.target)) entryOf(lit).closest("details").open = true;
    else if (link) light(link.closest("[data-entry]").dataset.entry);
    else if (element) pick(element);
    else if (!event.target.closest("a, summary, .why")) putOut();
  }

  // Whoever asks for the words that decided wants to see them.
  function onToggle(event) {
    if (!event.target.matches(".why[open]")) return;
    const { entry } = event.target.parentElement.dataset;
    if (entry !== lit) light(entry);
  }

  function onKey(event) {
    if (event.key === "Escape") putOut();
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!event.target.matches("[data-order]")) return;
    event.preventDefault();
    pick(event.target);
  }

  const followHash = () => {
    const key = location.hash.slice(2); // of a place in the text or of a row
    if (exists(key)) light(key);
    if (location.hash.startsWith("#r")) toRow.hidden = true; // there
  };

  for (const element of document.querySelectorAll(ROLES.map((role) => `[data-${role}]`).join())) {
    for (const role of ROLES) {
      for (const key of words(element.dataset[role])) {
        if (!parts.has(key)) parts.set(key, []);
        parts.get(key).push([element, role]);
      }
    }
    if (element.dataset.cue) Object.assign(element, { tabIndex: 0, role: "button" });
  }
  document.documentElement.classList.add("live");
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", onToggle, true); // it does not bubble
  addEventListener("hashchange", followHash);
  followHash();
})();
