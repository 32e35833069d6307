package dev.dopi.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dopi.source.SourceFile;
import dev.dopi.syntax.Grammar;
import dev.dopi.syntax.SyntaxTree;
import org.junit.jupiter.api.Test;

final class TypeErasureTest {

    @Test
    void leavesWhatAPersonWouldHaveWritten() {
        String typed = """
                import type { Room } from "./room";
                import { env } from "cloudflare:workers";

                /** What waits. */
                interface Job extends Record<string, unknown> {
                  name: string;
                }

                // Kept, as it is about no interface.

                type Name = string;

                export class Jobs<T> extends Base<T> implements Other, Third {
                  private readonly #jobs: Job[] = [];
                  readonly name?: string;

                  constructor(
                    ctx: Pick<DurableObjectState, "storage">,
                    rest: readonly string[],
                    other?: number,
                  ) {
                    super(ctx as Base, (await ctx as Room).name!);
                  }

                  run(
                    call: () => void, // why
                    id: string,
                  ): Promise<void> {}
                }

                const bound = (env as unknown as Record<string, Room | undefined>)["ROOM"];
                const field = (this as unknown as Record<string, unknown>)[member]?.();
                const odd = (env as Record<string, Room>)["a b"];
                const map = new Map<string, (typeof x)[]>(entries satisfies unknown[]);
                """;
        String bare = """
                import { env } from "cloudflare:workers";

                // Kept, as it is about no interface.

                export class Jobs extends Base {
                  #jobs = [];
                  name;

                  constructor(ctx, rest, other) {
                    super(ctx, (await ctx).name);
                  }

                  run(
                    call, // why
                    id,
                  ) {}
                }

                const bound = env.ROOM;
                const field = this[member]?.();
                const odd = env["a b"];
                const map = new Map(entries);
                """;
        assertEquals(bare, TypeErasure.of(typed));
        assertEquals(bare, TypeErasure.of(bare));
        try (SyntaxTree tree = SyntaxTree.parse(new SourceFile("a.js", bare), Grammar.JAVASCRIPT)) {
            assertEquals(0, tree.errors());
        }
    }
}
