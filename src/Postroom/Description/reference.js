// Sends what one has written on a page of the reference, and shows what comes back. Without scripts the page has the
// same as a line for a shell.

const form = document.querySelector("form[data-path]");
const answer = document.querySelector("#answer");
if (form instanceof HTMLFormElement && answer instanceof HTMLElement) {
  form.hidden = false;
  const key = form.elements.namedItem("Idempotency-Key");
  if (key instanceof HTMLInputElement && key.value === "") {
    key.value = freshKey();
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    void send(form, answer);
  });
}

/** On plain http pages have no crypto.randomUUID. */
function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {HTMLFormElement} form @param {HTMLElement} answer */
async function send(form, answer) {
  const button = form.querySelector("button");
  button?.setAttribute("disabled", "");
  try {
    const { address, options } = request(form);
    const response = await fetch(address, options);
    show(answer, `${response.status} ${response.statusText}`.trim(), headersOf(response), await bodyOf(response));
  } catch (error) {
    show(answer, "Nothing came back", "", String(error));
  } finally {
    button?.removeAttribute("disabled");
  }
}

/** @param {HTMLFormElement} form */
function request(form) {
  let path = form.dataset["path"] ?? "";
  const query = new URLSearchParams();
  /** @type {Record<string, string>} */
  const headers = { "Accept": "application/json" };
  /** @type {RequestInit} */
  const options = { method: form.dataset["method"] ?? "GET", redirect: "manual", headers };
  for (const field of form.querySelectorAll("input, textarea")) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
      continue;
    }
    const value = field.value;
    switch (field.dataset["in"]) {
      case "path":
        path = path.replace(`{${field.name}}`, encodeURIComponent(value));
        break;
      case "query":
        if (value !== "") query.set(field.name, value);
        break;
      case "header":
        if (value !== "") headers[field.name] = value;
        break;
      case "body":
        headers["Content-Type"] = field.dataset["type"] ?? "application/json";
        options.body = value;
        break;
    }
  }
  const asked = query.toString();
  return { address: asked === "" ? path : `${path}?${asked}`, options };
}

/** @param {Response} response */
function headersOf(response) {
  return [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
}

/** @param {Response} response */
async function bodyOf(response) {
  const text = await response.text();
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {HTMLElement} answer @param {string} status @param {string} headers @param {string} body */
function show(answer, status, headers, body) {
  answer.hidden = false;
  const parts = [["h3", status], [".headers", headers], [".body", body]];
  for (const [name, text] of parts) {
    const part = answer.querySelector(name ?? "");
    if (part instanceof HTMLElement) {
      part.textContent = text ?? "";
      part.hidden = text === "";
    }
  }
  answer.scrollIntoView({ block: "nearest" });
}

// A module: its names are its own.
export {};
