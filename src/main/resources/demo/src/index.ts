import type { Env } from "./env";

export { ActivityFeed } from "./activity-feed";
export { ChatRoom } from "./chat-room";

/*
 * GET  /rooms/NAME/socket?author=WHO       a WebSocket into the room
 * POST /rooms/NAME/messages                { "author": "…", "body": "…" }
 * GET  /rooms/NAME/messages[?author=WHO]   the newest messages
 * GET  /members/NAME/activity[?kind=…]     what a member did
 */
export default {
  async fetch(request, env): Promise<Response> {
    const url = new URL(request.url);
    const [, collection, name = "", rest] = url.pathname.split("/");

    if (collection === "rooms" && rest === "socket") {
      const forwarded = new Request(request);
      forwarded.headers.set("X-Room-Name", name);
      return env.ROOMS.getByName(name).fetch(forwarded);
    }
    if (collection === "rooms" && rest === "messages") {
      const room = env.ROOMS.getByName(name);
      if (request.method === "POST") {
        const { author, body } = await request.json<{ author: string; body: string }>();
        await room.post(name, author, body);
        return new Response(null, { status: 204 });
      }
      const author = url.searchParams.get("author");
      return Response.json(author === null ? await room.recent() : await room.byAuthor(author));
    }
    if (collection === "members" && rest === "activity") {
      const feed = env.FEEDS.getByName(name);
      return Response.json(await feed.latest(url.searchParams.get("kind") ?? "message"));
    }
    return new Response("Not found", { status: 404 });
  },
} satisfies ExportedHandler<Env>;
