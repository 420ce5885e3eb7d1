// Shows what has come of a batch as soon as something has: the server tells that, and gives the page anew.
const LEAST = 700; // milliseconds between two looks

let batch = document.getElementById("batch");
let looking = false;
let again = false;

async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The server is away for a moment; it tells more when it is there again.
  }
  await new Promise((done) => setTimeout(done, LEAST));
  looking = false;
  if (again) {
    again = false;
    look();
  }
}

function show(page) {
  const fresh = page.getElementById("batch");
  if (!fresh) return;
  const open = [...batch.querySelectorAll("details")].map((one) => one.open);
  const focus = batch.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const status = batch.querySelector("[role=status]");
  const words = fresh.querySelector("[role=status]");
  if (status && words) {
    if (status.textContent !== words.textContent) status.textContent = words.textContent;
    words.replaceWith(status); // the same element, so that what changes in it is read out
  }
  batch.replaceWith(fresh);
  batch = fresh;
  batch.querySelectorAll("details").forEach((one, at) => { if (at < open.length && open[at]) one.open = true; });
  if (focus) batch.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus();
  document.title = page.title;
}

if (batch?.hasAttribute("data-open")) {
  batch.querySelector(".reload")?.remove();
  const events = new EventSource(batch.dataset.events);
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    const bar = batch.querySelector("progress");
    if (bar) {
      bar.max = told.all;
      bar.value = told.done;
    }
    look();
  };
  events.addEventListener("done", () => {
    events.close();
    look();
  });
}
