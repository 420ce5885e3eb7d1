// A file may be dropped anywhere on the page; how much of it is sent is shown.
const form = document.querySelector("form.check");
const drop = document.querySelector(".drop");

if (form && drop) {
  const field = drop.querySelector("input[type=file]");
  const bar = form.querySelector("progress");
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button.main");
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  document.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      drop.classList.add("over");
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const one = new DataTransfer();
    if (event.dataTransfer.files.length) one.items.add(event.dataTransfer.files[0]);
    field.files = one.files;
    const more = event.dataTransfer.files.length - 1;
    status.textContent = more > 0 ? "One file is checked at a time: the first was taken." : "";
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.setRequestHeader("X-CSRF", form.elements.csrf.value);
    sending.upload.addEventListener("progress", (told) => {
      if (!told.lengthComputable) return;
      bar.value = (100 * told.loaded) / told.total;
      status.textContent = told.loaded < told.total ? "It is being sent." : "It is there, and is being written down.";
    });
    sending.addEventListener("load", () => {
      if (sending.status === 200 && sending.responseURL.includes("/media/checks/")) location.assign(sending.responseURL);
      else refused(sending);
    });
    sending.addEventListener("error", () => stop("It could not be sent: the server took no more of it, or is away."));
    button.disabled = true;
    bar.hidden = false;
    status.textContent = "It is being sent.";
    sending.send(new FormData(form));
  });

  function refused(sending) {
    const page = new DOMParser().parseFromString(sending.responseText, "text/html");
    stop((page.querySelector("[role=alert]") ?? page.querySelector("main p"))?.textContent ?? "It was not taken.");
  }

  function stop(words) {
    button.disabled = false;
    bar.hidden = true;
    status.textContent = words;
  }
}
