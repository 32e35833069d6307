package dev.dopi.engine;

import java.util.List;

/** The program that the user installs packages and runs scripts with. */
enum PackageManager {
    NPM("npm", "install", "install -D", "Install Node.js, which brings it"),
    PNPM("pnpm", "install", "add -D", "Install it (npm install -g pnpm)"),
    YARN("yarn", "install", "add -D", "Install it (npm install -g yarn)"),
    BUN("bun", "install", "add -d", "Install it (npm install -g bun)");

    private final String program;
    private final String install;
    private final String add;
    private final String remedy;

    PackageManager(String program, String install, String add, String remedy) {
        this.program = program;
        this.install = install;
        this.add = add;
        this.remedy = remedy;
    }

    static PackageManager named(String name) {
        return switch (name) {
            case "pnpm" -> PNPM;
            case "yarn" -> YARN;
            case "bun" -> BUN;
            default -> NPM;
        };
    }

    String program() {
        return program;
    }

    /** Returns the words that run the script {@code test}. A bare {@code vitest} would go on watching for changes. */
    List<String> test(String script) {
        boolean watches = script.strip().equals("vitest");
        return switch (this) {
            case NPM -> watches ? List.of("npm", "test", "--", "run") : List.of("npm", "test");
            case BUN -> watches ? List.of("bun", "run", "test", "run") : List.of("bun", "run", "test");
            case PNPM, YARN -> watches ? List.of(program, "test", "run") : List.of(program, "test");
        };
    }

    /** Returns the words that run the script {@code name}. */
    List<String> run(String name) {
        return List.of(program, "run", name);
    }

    /** Returns the command that installs what the project asks for. */
    String installing() {
        return program + " " + install;
    }

    /** Returns the command that adds a package to the project. */
    String adding(String packageName) {
        return program + " " + add + " " + packageName;
    }

    /** Returns how to get the program itself. */
    String remedy() {
        return remedy;
    }
}
