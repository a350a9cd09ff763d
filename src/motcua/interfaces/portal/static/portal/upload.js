// Files go up piece by piece with a bar each; a lost line is waited for and the upload goes on where it stopped.
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const back = () => new Promise((done) => addEventListener("online", done, { once: true }));

class Refused extends Error {}

for (const form of document.querySelectorAll("form.upload[data-begin]")) {
  const [sending, lost, sent, tooLarge] = form.dataset.words.split("|");
  const list = form.querySelector("[data-sending]");
  const button = form.querySelector("button");
  const token = form.elements.csrfmiddlewaretoken.value;
  const headers = { "X-CSRFToken": token };
  button.hidden = true;

  async function ask(address, options, say) {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetch(address, { ...options, headers: { ...headers, ...options.headers }, redirect: "error" });
        if (answer.ok) return await answer.json();
        if (answer.status === 409) return { ...(await answer.json()), moved: true };
        if (answer.status < 500) {
          const type = answer.headers.get("Content-Type") || "";
          throw new Refused(type.includes("json") ? (await answer.json()).words : answer.statusText);
        }
      } catch (error) {
        if (error instanceof Refused || tries > 30) throw error;
      }
      say(lost);
      await Promise.race([back(), rest(Math.min(2000 * (tries + 1), 15000))]);
    }
  }

  async function send(file) {
    const row = list.appendChild(document.createElement("li"));
    const body = row.appendChild(document.createElement("div"));
    const name = body.appendChild(document.createElement("b"));
    const state = body.appendChild(document.createElement("small"));
    const bar = row.appendChild(document.createElement("progress"));
    row.prepend(document.createElement("span"));
    Object.assign(bar, { className: "meter", max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    name.textContent = file.name;
    list.hidden = false;
    const say = (text) => { state.textContent = text; };
    const address = form.dataset.begin;
    const memory = `upload ${address} ${file.name} ${file.size} ${file.lastModified}`;
    try {
      if (file.size > Number(form.dataset.largest)) throw new Refused(tooLarge);
      say(sending);
      const pieces = address.replace(/giay-to\/.*/, "tai-len/");
      let upload = null;
      const known = localStorage.getItem(memory);
      if (known) upload = await ask(pieces + known, {}, say).catch(() => null);
      upload ||= await ask(address, { method: "POST", body: new URLSearchParams({ name: file.name, size: file.size }) }, say);
      if (!upload.id) throw new Refused(upload.words);
      localStorage.setItem(memory, upload.id);
      const id = upload.id;
      while (upload.offset < file.size) {
        bar.value = upload.offset;
        say(`${sending} ${Math.floor((100 * upload.offset) / file.size)}%`);
        const piece = file.slice(upload.offset, upload.offset + Math.min(Number(form.dataset.piece), 1024 * 1024));
        const before = upload.offset;
        upload = await ask(`${pieces}${id}?offset=${before}`, { method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream" } }, say);
        if (upload.moved && upload.offset === before) throw new Refused(upload.words);
      }
      bar.value = file.size;
      const done = await ask(address.replace(/bat-dau$/, `xong/${id}`), { method: "POST" }, say);
      localStorage.removeItem(memory);
      if (done.moved) throw new Refused(done.words);
      say(sent);
      return true;
    } catch (error) {
      localStorage.removeItem(memory);
      bar.remove();
      const wrong = Object.assign(document.createElement("p"), { className: "wrong-word", textContent: error.message });
      wrong.setAttribute("role", "alert");
      state.replaceWith(wrong);
      return false;
    }
  }

  async function sendAll(files) {
    list.replaceChildren();
    const results = [];
    for (const file of files) results.push(await send(file));
    for (const input of form.querySelectorAll("input[type=file]")) input.value = "";
    if (results.length && results.every(Boolean)) location.reload();
  }

  form.addEventListener("change", (event) => sendAll([...event.target.files]));
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
