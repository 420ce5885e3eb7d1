// A stretch that is pointed at lights up in both texts; a click brings its counterpart level. The page can be read without.
(() => {
  "use strict";
  let held = null; // the stretch that a click lit, until Esc or a click beside
  const columns = matchMedia("(min-width: 56rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const pairOf = (element) => element.closest(".pair");
  const numberOf = (element) => element.dataset.tints?.split(" ")[0] ?? element.hash.split("-")[1];
  const stretchAt = (event) => event.target.closest?.("mark[data-tints], a.no");

  function parts(pair, number) {
    const marks = [...pair.querySelectorAll("mark[data-tints]")].filter((mark) => mark.dataset.tints.split(" ").includes(number));
    return [...marks, ...[...pair.querySelectorAll("a.no")].filter((link) => numberOf(link) === number)];
  }

  function putOut() {
    for (const element of document.querySelectorAll(".side .lit")) element.classList.remove("lit");
  }

  function light(element) {
    putOut();
    for (const part of element ? parts(pairOf(element), numberOf(element)) : []) part.classList.add("lit");
  }

  // Side by side, each text scrolls for itself: the counterpart comes to where the reader looks. From the row of numbers
  // above the texts, both come to their tops.
  function bringLevel(element) {
    const here = element.closest(".side");
    const others = [...pairOf(element).querySelectorAll(".side")].filter((side) => side !== here);
    const links = others.map((side) => [...side.querySelectorAll("a.no")].find((link) => numberOf(link) === numberOf(element)));
    for (const [place, link] of links.entries()) {
      const level = here ? element.getBoundingClientRect().top : others[place].getBoundingClientRect().top + 80;
      const by = link.getBoundingClientRect().top - level;
      if (columns.matches) others[place].scrollBy({ top: by, behavior: calm.matches ? "auto" : "smooth" });
      else if (here) link.scrollIntoView({ block: "center" });
    }
    return links[links.length - 1];
  }

  function onClick(event) {
    if (String(getSelection())) return; // someone marks text to copy it
    const element = stretchAt(event);
    held = element;
    light(held);
    if (!element) return;
    const isLink = element.matches("a");
    if (!columns.matches && !(isLink && element.closest(".side"))) return; // stacked, a row's number leads by itself
    const counterpart = bringLevel(element);
    if (!isLink) return;
    event.preventDefault();
    counterpart.focus({ preventScroll: true });
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    held = null;
    putOut();
  }

  // One text above the other, what they share would be far apart: the rest folds away. On paper all of it stands.
  function fold(open) {
    for (const apart of document.querySelectorAll("details.apart")) apart.open = open;
  }

  document.documentElement.classList.add("live");
  fold(columns.matches);
  columns.addEventListener("change", () => fold(columns.matches));
  addEventListener("beforeprint", () => fold(true));
  addEventListener("afterprint", () => fold(columns.matches));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("mouseover", (event) => light(stretchAt(event) ?? held));
  document.addEventListener("focusin", (event) => light(stretchAt(event) ?? held));
})();
