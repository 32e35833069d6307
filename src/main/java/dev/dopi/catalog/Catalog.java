package dev.dopi.catalog;

import dev.dopi.catalog.gradualdeployment.GradualDeploymentPattern;
import dev.dopi.catalog.rpcmetadata.RpcMetadataPattern;
import dev.dopi.catalog.sqlindex.SqlIndexPattern;
import dev.dopi.catalog.ttlcleanup.TtlCleanupPattern;
import dev.dopi.catalog.websockethibernation.WebsocketHibernationPattern;
import dev.dopi.pattern.Pattern;
import java.util.List;

/** Every pattern there is, in the order in which they are shown. */
public final class Catalog {

    private static final List<Pattern<?>> PATTERNS = List.of(
            new TtlCleanupPattern(),
            new RpcMetadataPattern(),
            new SqlIndexPattern(),
            new WebsocketHibernationPattern(),
            new GradualDeploymentPattern());

    private Catalog() {}

    public static List<Pattern<?>> patterns() {
        return PATTERNS;
    }
}
