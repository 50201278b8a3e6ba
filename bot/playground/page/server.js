// The line to the server: what is seen, what is done, what changes.

export async function seen(user) {
  const answer = await fetch(`/page/state?user=${encodeURIComponent(user ?? "")}`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

export async function act(name, said) {
  const answer = await fetch("/page/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ act: name, ...said }),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

// What the app tells of itself: receipts, documents.
export async function look(name, asked) {
  const answer = await fetch(`/page/look/${name}?${new URLSearchParams(asked)}`);
  const got = await answer.json();
  if (!answer.ok) throw new Error(got.error);
  return got;
}

export async function upload(file, said) {
  const asked = new URLSearchParams({ ...said, name: file.name });
  const headers = { "Content-Type": "application/octet-stream" };
  const answer = await fetch(`/page/upload?${asked}`, { method: "POST", headers, body: file });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

// Changes as they happen; `opened` is called when the line is there, and again when it was cut and is back.
export function live(user, changed, opened) {
  const line = new EventSource(`/page/live?user=${encodeURIComponent(user)}`);
  line.onmessage = (event) => changed(JSON.parse(event.data));
  line.onerror = () => changed({ kind: "cut" });
  line.onopen = opened;
  return () => line.close();
}
