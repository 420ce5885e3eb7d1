// Asks how far a check has got, and opens the report when it is done.
const EVERY = 1000; // milliseconds

const check = document.getElementById("check");

async function look() {
  try {
    const answer = await fetch(check.dataset.state, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const told = await answer.json();
      if (told.state === "done" || told.state === "failed") {
        location.reload();
        return;
      }
      const status = check.querySelector("[role=status]");
      if (status.textContent !== told.words) status.textContent = told.words;
    }
  } catch {
    // The server is away for a moment.
  }
  setTimeout(look, EVERY);
}

if (check?.dataset.state) {
  check.querySelector(".reload")?.remove();
  setTimeout(look, EVERY);
}
