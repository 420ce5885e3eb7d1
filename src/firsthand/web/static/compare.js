// Has two articles compared where that is not done yet, and shows it when it is. Without a script a link does the same.
const notice = document.querySelector("[data-state]");
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function state(start) {
  const address = new URL(notice.dataset.state, location.href);
  if (start) address.searchParams.set("start", "1");
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
}

async function wait() {
  for (let seconds = 0.7, start = true; seconds < 20; seconds *= 1.3, start = false) {
    let found = null;
    try {
      found = await state(start);
    } catch {
      // The server is away for a moment; it is asked again.
    }
    if (found?.problem) return;
    if (found?.done && found.more === 0) {
      notice.textContent = "No quotation and no boilerplate is in both besides.";
      return;
    }
    if (found?.done) {
      location.replace(notice.dataset.then + location.hash);
      return;
    }
    await pause(seconds);
  }
}

if (notice) wait();
