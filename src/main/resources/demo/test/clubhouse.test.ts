import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../src/env";

const { ROOMS, FEEDS } = env as unknown as Env;
const clubhouse = (exports as unknown as { default: Fetcher }).default;

function post(room: string, author: string, body: string): Promise<Response> {
  return clubhouse.fetch(`https://clubhouse.test/rooms/${room}/messages`, {
    method: "POST",
    body: JSON.stringify({ author, body }),
  });
}

describe("a room", () => {
  it("keeps what its members say", async () => {
    for (let n = 1; n <= 12; n++) {
      expect((await post("lobby", n % 3 === 0 ? "ada" : "bob", `message ${n}`)).status).toBe(204);
    }
    const room = ROOMS.getByName("lobby");
    expect((await room.recent()).map((message) => message.body).slice(0, 2)).toEqual(["message 12", "message 11"]);
    expect(await room.byAuthor("ada")).toHaveLength(4);
    expect(await room.countSince(0)).toBe(12);
  });

  it("sends a message to the others", async () => {
    const answer = await clubhouse.fetch("https://clubhouse.test/rooms/den/socket?author=cy", {
      headers: { Upgrade: "websocket" },
    });
    const socket = answer.webSocket!;
    const received: object[] = [];
    socket.addEventListener("message", (event) => {
      received.push(JSON.parse(String(event.data)));
    });
    socket.accept();
    await expect.poll(() => received.at(-1)).toEqual({ type: "presence", members: ["cy"] });
    await post("den", "ada", "hello");
    await expect.poll(() => received.at(-1)).toMatchObject({ type: "message", author: "ada", body: "hello" });
    socket.close();
  });
});

describe("a member's feed", () => {
  it("tells in which rooms the member wrote", async () => {
    await post("lobby", "dee", "hi");
    await post("den", "dee", "hi again");
    const feed = FEEDS.getByName("dee");
    expect((await feed.latest("message")).map((activity) => activity.subject).sort()).toEqual(["den", "lobby"]);
    expect(await feed.member()).toBe("dee");
  });
});
