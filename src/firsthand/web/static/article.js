// What is pointed at lights up in the text and in the margin; a page that waits looks whether there is more to show.
const paper = document.querySelector(".paper");
const ROLES = ["source", "cue", "content", "deciding", "own", "credit"];
const parts = new Map(); // key of a note -> [element, role] pairs
let held = null; // the key that a click lit, until Esc or a click beside

const words = (text) => (text ? text.split(" ") : []);
const noteOf = (key) => document.getElementById(`n${key}`);

function gather() {
  for (const element of paper.querySelectorAll(ROLES.map((role) => `[data-${role}]`).join())) {
    for (const role of ROLES) {
      for (const key of words(element.dataset[role])) {
        if (!parts.has(key)) parts.set(key, []);
        parts.get(key).push([element, role]);
      }
    }
  }
}

// Words that decided something may lie in what is not lit.
const classes = (role) => (role === "deciding" ? ["lit-deciding"] : ["lit", `lit-${role}`]);

function putOut() {
  const all = ["lit", ...ROLES.map((role) => `lit-${role}`)];
  for (const element of paper.querySelectorAll(".lit, .lit-deciding")) element.classList.remove(...all);
}

function light(key) {
  putOut();
  if (!key) return;
  for (const [element, role] of parts.get(key) ?? []) element.classList.add(...classes(role));
  noteOf(key)?.classList.add("lit");
  document.getElementById(`r${key}`)?.classList.add("lit");
}

// Of several that lie in each other, the one with the fewest characters: the innermost.
function keyAt(target) {
  const note = target.closest?.("[data-note]");
  if (note) return note.dataset.note;
  const link = target.closest?.(".ref");
  if (link) return link.hash.slice(2);
  const element = target.closest?.("[data-source], [data-cue], [data-content], [data-own]");
  if (!element) return null;
  const { source, cue, content, own } = element.dataset;
  return words(source)[0] ?? words(cue)[0] ?? smallest(words(content)) ?? words(own)[0];
}

function smallest(keys) {
  const length = (key) => parts.get(key).reduce((sum, [element]) => sum + element.textContent.length, 0);
  return keys.sort((one, other) => length(one) - length(other))[0];
}

// A note that lies folded away is opened before it is led to.
function unfold(element) {
  for (let around = element?.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

function follow() {
  const place = location.hash.slice(1);
  const target = place ? document.getElementById(place) : null;
  if (target?.matches(".notes li")) unfold(target);
  if (target) {
    held = keyAt(target);
    light(held);
  } else if (place.startsWith("at-")) goToPart(Number(place.slice(3)));
}

// Of a long text one part is here; what a link leads to may be in another.
function goToPart(at) {
  const { parts: several, from, to } = paper.dataset;
  if (!several || (at >= Number(from) && at < Number(to))) return;
  const address = new URL(location.href);
  address.searchParams.delete("part");
  address.searchParams.set("at", at);
  location.replace(address);
}

async function wait(awaited, seconds) {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  try {
    const answer = await fetch(`/articles/${paper.dataset.id}/state.json`);
    const state = answer.ok ? await answer.json() : null;
    if (state && awaited.some((step) => state[step])) location.reload();
  } catch {
    // The server is away for a moment; it is asked again.
  }
  wait(awaited, Math.min(seconds * 1.5, 30));
}

const STATES = { to_read: "read", to_compare: "compared", to_join: "joined" };

if (paper) {
  gather();
  follow();
  addEventListener("hashchange", follow);
  paper.addEventListener("mouseover", (event) => light(keyAt(event.target) ?? held));
  paper.addEventListener("mouseleave", () => light(held));
  paper.addEventListener("focusin", (event) => light(keyAt(event.target) ?? held));
  paper.addEventListener("focusout", () => light(held));
  document.addEventListener("click", (event) => {
    if (String(getSelection())) return; // someone marks text to copy it
    held = keyAt(event.target);
    light(held);
    const link = event.target.closest?.(".ref");
    if (link) unfold(noteOf(held));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    held = null;
    putOut();
  });
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 62rem)").matches) {
    for (const notes of paper.querySelectorAll("details.notes")) notes.open = true;
  }
  const awaited = words(paper.dataset.awaits).map((step) => STATES[step]);
  if (awaited.length) wait(awaited, 3);
}
