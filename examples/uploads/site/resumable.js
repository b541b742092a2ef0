/**
 * Sends a file by tus 1.0.0 in pieces. What the server has acknowledged is never sent again: not after a lost
 * connection, not after a reload of the page, since the address of the upload is remembered until it is finished.
 */

const PIECE = 8 * 1024 * 1024;
const PAUSES = [0, 1000, 3000, 5000, 10000, 20000];
const VERSION = { "Tus-Resumable": "1.0.0" };

/** @typedef {{ onProgress: (sent: number) => void, signal: AbortSignal }} Options */

/**
 * @param {string} endpoint
 * @param {File} file
 * @param {Options} options
 * @returns {Promise<string>} the address of the file
 */
export async function upload(endpoint, file, options) {
  for (let failures = 0; ;) {
    try {
      const known = remembered(endpoint, file);
      const address = known ?? await create(endpoint, file, options.signal);
      let offset = known ? await offsetOf(known, options.signal) : 0;
      while (offset < file.size) {
        offset = await send(address, file, offset, options);
        failures = 0;
      }
      forget(endpoint, file);
      return address;
    } catch (failure) {
      if (options.signal.aborted || failure instanceof Refusal) throw failure;
      if (failure instanceof Gone) forget(endpoint, file);
      else if (++failures >= PAUSES.length) throw failure;
      await pause(PAUSES[Math.min(failures, PAUSES.length - 1)], options.signal);
    }
  }
}

/** The server will not take this file, however often it is sent. Its message is for people. */
export class Refusal extends Error {}

class Gone extends Error {}

/**
 * Removes what has come of a file that is not wanted any more.
 * @param {string} endpoint
 * @param {File} file
 */
export async function cancel(endpoint, file) {
  const address = remembered(endpoint, file);
  forget(endpoint, file);
  if (address) await fetch(address, { method: "DELETE", headers: VERSION });
}

/** @param {string} endpoint @param {File} file @param {AbortSignal} signal */
async function create(endpoint, file, signal) {
  const metadata = [["filename", file.name], ["filetype", file.type]]
    .filter(([, value]) => value).map(([key, value]) => `${key} ${base64(value)}`).join(",");
  const answer = await fetch(endpoint, {
    method: "POST", signal, headers: { ...VERSION, "Upload-Length": String(file.size), "Upload-Metadata": metadata },
  });
  await judge(answer);
  const address = new URL(answer.headers.get("Location") ?? "", new URL(endpoint, location.href)).href;
  localStorage.setItem(keyOf(endpoint, file), address);
  return address;
}

/** @param {string} address @param {AbortSignal} signal */
async function offsetOf(address, signal) {
  const answer = await fetch(address, { method: "HEAD", headers: VERSION, signal });
  if (answer.status === 404 || answer.status === 410) throw new Gone();
  await judge(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

/**
 * @param {string} address @param {File} file @param {number} offset @param {Options} options
 * @returns {Promise<number>} where the upload stands now
 */
function send(address, file, offset, options) {
  // XMLHttpRequest, since fetch tells nothing of the bytes on their way out.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    options.signal.addEventListener("abort", stop);
    request.open("PATCH", address);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.upload.onprogress = (event) => options.onProgress(offset + event.loaded);
    request.onloadend = () => {
      options.signal.removeEventListener("abort", stop);
      const next = Number(request.getResponseHeader("Upload-Offset"));
      if (request.status === 204) resolve(next);
      else if (request.status === 410) reject(new Refusal(messageOf(request.responseText)));
      else if (request.status >= 400 && request.status < 500 && ![409, 423, 429, 460].includes(request.status)) {
        reject(new Refusal(messageOf(request.responseText)));
      } else reject(new Error(`The connection broke at ${offset}.`));
    };
    request.send(file.slice(offset, offset + PIECE));
  });
}

/** @param {Response} answer */
async function judge(answer) {
  if (answer.ok) return;
  if (answer.status >= 400 && answer.status < 500 && ![409, 423, 429].includes(answer.status)) {
    throw new Refusal(messageOf(await answer.text()));
  }
  throw new Error(`The server answered ${answer.status}.`);
}

/** @param {string} problem */
function messageOf(problem) {
  try {
    return JSON.parse(problem).message;
  } catch {
    return "The server does not take this file.";
  }
}

/** @param {string} endpoint @param {File} file */
function keyOf(endpoint, file) {
  return ["upload", endpoint, file.name, file.size, file.lastModified].join(" ");
}

/** @param {string} endpoint @param {File} file */
function remembered(endpoint, file) {
  return localStorage.getItem(keyOf(endpoint, file));
}

/** @param {string} endpoint @param {File} file */
function forget(endpoint, file) {
  localStorage.removeItem(keyOf(endpoint, file));
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

/** @param {number} milliseconds @param {AbortSignal} signal */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve(undefined)), { once: true });
    addEventListener("online", () => (clearTimeout(timer), resolve(undefined)), { once: true });
  });
}
