package dev.dopi.project;

import java.util.List;

/**
 * The wrangler configurations of a project, and what was wrong with them.
 *
 * @param configs in the order of their paths; at most one a folder, by wrangler's own precedence
 */
record WranglerConfigs(List<WranglerConfig> configs, List<Diagnostic> diagnostics) {

    static WranglerConfigs in(FileTree files) {
        return new WranglerConfigs(List.of(), List.of());
    }
}
