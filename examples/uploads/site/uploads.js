import { cancel, Refusal, upload } from "./resumable.js";

const ENDPOINT = "/api/uploads";
const drop = /** @type {HTMLElement} */ (document.getElementById("drop"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("files"));
const list = /** @type {HTMLElement} */ (document.getElementById("list"));

input.addEventListener("change", () => {
  take(input.files);
  input.value = "";
});
for (const kind of ["dragover", "dragenter"]) {
  drop.addEventListener(kind, (event) => (event.preventDefault(), drop.classList.add("over")));
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(/** @type {DragEvent} */ (event).dataTransfer?.files ?? null);
});

/** @param {FileList | null} files */
function take(files) {
  for (const file of files ?? []) row(file);
}

/** @param {File} file */
function row(file) {
  const item = document.createElement("li");
  const name = element("span", "name", file.name);
  const state = element("span", "state", "");
  const bar = document.createElement("progress");
  const buttons = element("span", "buttons", "");
  const main = button("Pause", () => (running ? stop() : start()));
  const away = button("Cancel", () => {
    stop();
    item.remove();
    cancel(ENDPOINT, file);
  });
  bar.max = Math.max(file.size, 1);
  bar.setAttribute("aria-label", file.name);
  buttons.append(main, away);
  item.append(name, buttons, bar, state);
  list.prepend(item);

  /** @type {AbortController | null} */
  let running = null;
  start();

  async function start() {
    const run = (running = new AbortController());
    item.className = "running";
    main.textContent = "Pause";
    state.textContent = `${size(file.size)} to go`;
    try {
      const address = await upload(ENDPOINT, file, { signal: run.signal, onProgress: show });
      done(address);
    } catch (failure) {
      if (run.signal.aborted) return;
      item.className = "failed";
      main.textContent = "Try again";
      main.hidden = failure instanceof Refusal;
      state.textContent = failure instanceof Refusal ? failure.message : "The server cannot be reached. Nothing is lost.";
    }
    running = null;
  }

  function stop() {
    running?.abort();
    running = null;
    item.className = "paused";
    main.textContent = "Go on";
    state.textContent = `Paused at ${size(bar.value)} of ${size(file.size)}`;
  }

  /** @param {number} sent */
  function show(sent) {
    bar.value = sent;
    state.textContent = `${size(sent)} of ${size(file.size)}`;
  }

  /** @param {string} address */
  function done(address) {
    running = null;
    item.className = "done";
    bar.value = bar.max;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "open it";
    state.replaceChildren(`Stored, ${size(file.size)}: `, link);
    buttons.remove();
  }
}

/** @param {string} tag @param {string} name @param {string} text */
function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

/** @param {string} text @param {() => void} act */
function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** @param {number} bytes */
function size(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step ? 1 : 0)} ${units[step]}`;
}
