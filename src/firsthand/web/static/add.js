// Files may be dropped anywhere on the page; what was chosen is listed.
const form = document.querySelector("form.hand-in");
const drop = document.querySelector(".drop");

if (form && drop) {
  const field = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector(".chosen");

  const list = () => {
    chosen.replaceChildren(...[...field.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}, ${size(file.size)}`;
      return item;
    }));
    chosen.hidden = !field.files.length;
  };
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  field.addEventListener("change", list);
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
    const all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    list();
  });
  form.addEventListener("submit", () => form.querySelector("button.main").setAttribute("aria-busy", "true"));
  list();
}

function size(bytes) {
  if (bytes >= 2 ** 20) return `${(bytes / 2 ** 20).toFixed(1)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} kB` : `${bytes} bytes`;
}
