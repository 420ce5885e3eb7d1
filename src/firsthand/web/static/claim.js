// The drawing of what a claim rests on: what is pointed at, or has the focus, lights its way to its roots. And forms by
// which people judge and decide.

const numbers = (text) => (text ? text.split(" ").map(Number) : []);
const pairs = (text) => (text ? text.split(" ").map((pair) => pair.split(">").map(Number)) : []);

/** Who says what, and what rests on what, by the places of statements and roots. */
function read(svg) {
  const marks = [...svg.querySelectorAll(".node")];
  const owner = new Map();
  const up = new Map();
  const down = new Map();
  const tie = (later, earlier, line) => {
    up.set(later, [...(up.get(later) ?? []), [earlier, line]]);
    down.set(earlier, [...(down.get(earlier) ?? []), [later, line]]);
  };
  for (const mark of marks) {
    for (const place of numbers(mark.dataset.says)) owner.set(place, mark);
    for (const [later, earlier] of pairs(mark.dataset.within)) tie(later, earlier, null);
  }
  for (const line of svg.querySelectorAll(".edge")) {
    for (const [later, earlier] of pairs(line.dataset.pairs)) tie(later, earlier, line);
  }
  return { marks, owner, up, down };
}

/** Every mark and line on the ways from these places; and, of each mark, from which one it was reached first. */
function reached(from, ties, owner) {
  const seen = new Set(from);
  const lit = new Set(from.map((place) => owner.get(place)));
  const before = new Map();
  const waiting = [...from];
  while (waiting.length) {
    const here = waiting.shift();
    for (const [next, line] of ties.get(here) ?? []) {
      if (line) lit.add(line);
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
      const mark = owner.get(next);
      if (mark && !lit.has(mark)) before.set(mark, owner.get(here));
      lit.add(mark);
    }
  }
  return { lit, before };
}

/** The shortest way to a root, in names. */
function told(mark, { lit, before }) {
  const root = [...lit].find((one) => one?.classList.contains("box"));
  if (!root || root === mark) return "";
  const names = [];
  for (let one = root; one; one = before.get(one)) names.push(one.dataset.name);
  return names.reverse().join(" ← ");
}

function prepare(figure) {
  const svg = figure.querySelector(".scroll > svg");
  const way = figure.querySelector(".way");
  const { marks, owner, up, down } = read(svg);
  way.hidden = false;

  const light = (mark) => {
    const places = numbers(mark.dataset.says);
    const isRoot = mark.classList.contains("box");
    const found = reached(places, isRoot ? down : up, owner);
    svg.classList.add("lighting");
    for (const one of svg.querySelectorAll(".node, .edge")) one.classList.toggle("lit", found.lit.has(one));
    const below = [...found.lit].filter((one) => one?.classList.contains("dot")).length;
    way.textContent = isRoot ? `${mark.dataset.name}: ${below} marks hang on it` : told(mark, found);
  };
  const darken = () => {
    const focused = marks.find((mark) => mark.matches(":focus-visible"));
    if (focused) return light(focused);
    svg.classList.remove("lighting");
    way.textContent = "";
  };
  for (const mark of marks) {
    mark.addEventListener("pointerenter", () => light(mark));
    mark.addEventListener("pointerleave", darken);
    mark.addEventListener("focus", () => light(mark));
    mark.addEventListener("blur", darken);
    if (mark.classList.contains("several")) mark.addEventListener("click", (event) => open(event, figure, mark));
  }
  zoom(figure, svg);
}

function zoom(figure, svg) {
  const box = figure.querySelector(".scroll");
  const size = svg.viewBox.baseVal;
  let scale = 1;
  const show = () => {
    svg.setAttribute("width", Math.round(size.width * scale));
    svg.setAttribute("height", Math.round(size.height * scale));
  };
  figure.querySelector(".zoom").hidden = false;
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const step = Number(button.dataset.zoom);
      const whole = Math.min(1, box.clientWidth / size.width, box.clientHeight / size.height);
      scale = step ? Math.min(3, Math.max(0.2, scale * 1.25 ** step)) : whole;
      show();
    });
  }
}

/** Draw a bundle's articles one by one, without leaving the place; if that fails, go to the page that does. */
async function open(event, figure, mark) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = mark.getAttribute("href");
  try {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(reply.statusText);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = document.adoptNode(page.getElementById("graph"));
    figure.replaceWith(fresh);
    history.replaceState(null, "", address);
    prepare(fresh);
    const places = new Set(numbers(mark.dataset.says));
    const first = [...fresh.querySelectorAll(".dot")].find((dot) => numbers(dot.dataset.says).some((one) => places.has(one)));
    first?.focus();
  } catch {
    location.assign(address);
  }
}

/** What an address leads to may lie in a part that is closed. */
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && (target.matches("details") ? target : target.closest("details"));
  if (!closed || closed.open) return;
  closed.open = true;
  target.scrollIntoView();
}

/** A decision takes a second or two: say so, and let nobody send it twice. */
function patient(form) {
  const button = form.querySelector("button.main");
  const words = button.textContent;
  const show = (busy) => {
    button.disabled = busy;
    button.textContent = busy ? "One moment…" : words;
  };
  form.addEventListener("submit", () => show(true));
  addEventListener("pageshow", () => show(false));
}

for (const form of document.querySelectorAll("form.hand")) patient(form);
const figure = document.getElementById("graph");
if (figure) prepare(figure);
addEventListener("hashchange", reveal);
reveal();
