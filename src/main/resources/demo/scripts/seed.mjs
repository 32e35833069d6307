// Fills a running `npm run dev` with messages: node scripts/seed.mjs [MESSAGES] [ADDRESS]
const count = Number(process.argv[2] ?? 500);
const address = process.argv[3] ?? "http://localhost:8787";
const authors = ["ada", "bob", "cy", "dee"];
const rooms = ["lobby", "den", "garden"];

for (let n = 0; n < count; n++) {
  const answer = await fetch(`${address}/rooms/${rooms[n % rooms.length]}/messages`, {
    method: "POST",
    body: JSON.stringify({ author: authors[n % authors.length], body: `message ${n}` }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
console.log(`${count} messages stored in ${rooms.length} rooms`);
