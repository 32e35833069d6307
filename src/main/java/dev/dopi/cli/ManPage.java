package dev.dopi.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the program's manual page, in the man macros, from the same model that the help is made of. */
final class ManPage {

    private final CommandLine program;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine program) {
        this.program = program;
    }

    static String of(CommandLine program) {
        var man = new ManPage(program);
        man.write();
        return man.page.toString();
    }

    private void write() {
        CommandSpec spec = program.getCommandSpec();
        request(".TH DOPI 1 \"\" \"dopi " + ProgramVersion.number() + "\" \"User Commands\"");
        request(".SH NAME");
        text("dopi - " + lower(String.join(" ", spec.usageMessage().description())));
        request(".SH SYNOPSIS");
        for (String line : spec.usageMessage().customSynopsis()) {
            request(".br");
            text(line.strip());
        }
        request(".SH OPTIONS");
        options(spec, List.of());
        request(".SH COMMANDS");
        program.getSubcommands().forEach((name, command) -> command(name, command.getCommandSpec()));
        request(".SH ENVIRONMENT");
        term("DOPI_STATE_HOME, XDG_STATE_HOME", "Where the journal, reports and unfinished sessions are kept.");
        term("XDG_CONFIG_HOME", "Where dopi/config.jsonc and dopi/themes are looked for; ~/.config when not set.");
        term("NO_COLOR, FORCE_COLOR, COLORTERM, TERM", "How many colours are used.");
        term("PAGER, VISUAL, EDITOR", "What logs are shown in and hunks are edited in.");
        request(".SH EXAMPLES AND EXIT CODES");
        footer(spec);
    }

    private void command(String name, CommandSpec spec) {
        request(".SS " + escaped(name + synopsis(spec)));
        for (String line : spec.usageMessage().description()) {
            text(line);
        }
        options(
                spec,
                program.getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .toList());
        footer(spec);
    }

    private static String synopsis(CommandSpec spec) {
        var words = new StringBuilder();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            words.append(
                    parameter.arity().min() == 0 ? " [" + parameter.paramLabel() + "]" : " " + parameter.paramLabel());
        }
        return words + (spec.options().isEmpty() ? "" : " [OPTION]...");
    }

    private void options(CommandSpec spec, List<String> known) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !known.contains(option.longestName())) {
                String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                term(String.join(", ", option.names()) + value, String.join(" ", option.description()));
            }
        }
    }

    private void footer(CommandSpec spec) {
        String[] footer = spec.usageMessage().footer();
        if (footer.length == 0) {
            return;
        }
        request(".PP");
        request(".nf");
        for (String line : footer) {
            text(line.isEmpty() ? " " : line);
        }
        request(".fi");
    }

    private void term(String name, String meaning) {
        request(".TP");
        request(".B " + escaped(name));
        text(meaning);
    }

    private void request(String line) {
        page.append(line).append('\n');
    }

    private void text(String line) {
        String safe = escaped(line);
        // A dot or quote in front would be a request.
        page.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ");
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
