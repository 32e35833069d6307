import type { ActivityFeed } from "./activity-feed";
import type { ChatRoom } from "./chat-room";

export interface Env {
  ROOMS: DurableObjectNamespace<ChatRoom>;
  FEEDS: DurableObjectNamespace<ActivityFeed>;
}
