// A stretch that is pointed at lights up in both texts; a click brings its counterpart level. The page can be read without.
(() => {
  "use strict";
  let held = null; // the stretch that a click lit, until Esc or a click beside
  const columns = matchMedia("(min-width: 56rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const pairOf = (element) => element.closest(".pair");
  const numberOf = (element) => element.dataset.tints?.split(" ")[0] ?? element.id.split("-")[1];
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

  // Side by side, each text scrolls for itself: the counterpart comes to where the reader looks.
  function bringLevel(element) {
    const side = element.closest(".side");
    const other = [...pairOf(element).querySelectorAll(".side")].find((one) => one !== side);
    const link = [...other.querySelectorAll("a.no")].find((one) => numberOf(one) === numberOf(element));
    if (!link) return;
    if (!columns.matches) {
      link.scrollIntoView({ block: "center" });
    } else {
      const by = link.getBoundingClientRect().top - element.getBoundingClientRect().top;
      other.scrollBy({ top: by, behavior: calm.matches ? "auto" : "smooth" });
    }
    return link;
  }

  function onClick(event) {
    if (String(getSelection())) return; // someone marks text to copy it
    const element = stretchAt(event);
    held = element;
    light(held);
    if (!element) return;
    const link = element.matches("a") || columns.matches ? bringLevel(element) : null;
    if (element.matches("a") && link) {
      event.preventDefault();
      link.focus({ preventScroll: true });
    }
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    held = null;
    putOut();
  }

  document.documentElement.classList.add("live");
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("mouseover", (event) => light(stretchAt(event) ?? held));
  document.addEventListener("focusin", (event) => light(stretchAt(event) ?? held));
})();
