package dev.dopi.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a completion script for fish, for which picocli has none, from the same model that the help is made of. */
final class FishCompletion {

    private final CommandLine program;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(CommandLine program) {
        this.program = program;
    }

    static String of(CommandLine program) {
        var fish = new FishCompletion(program);
        fish.write();
        return fish.script.toString();
    }

    private void write() {
        script.append("# dopi completion fish | source\n");
        script.append("complete -c dopi -f\n");
        program.getSubcommands()
                .forEach((name, command) -> line(
                        List.of("-n __fish_use_subcommand", "-a " + name),
                        description(command.getCommandSpec().usageMessage().description())));
        line(List.of("-n __fish_use_subcommand", "-a '(__fish_complete_directories)'"), "");
        command("__fish_use_subcommand", program.getCommandSpec());
        program.getSubcommands()
                .forEach((name, command) ->
                        command("'__fish_seen_subcommand_from " + name + "'", command.getCommandSpec()));
    }

    private void command(String condition, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            var words = new ArrayList<>(List.of("-n " + condition));
            for (String name : option.names()) {
                words.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                words.add(values(option));
            }
            line(words, description(option.description()));
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!spec.equals(program.getCommandSpec())) {
                String values = candidates(parameter);
                line(
                        List.of(
                                "-n " + condition,
                                values.isEmpty() ? "-a '(__fish_complete_directories)'" : "-a '" + values + "'"),
                        "");
            }
        }
    }

    /** A value that is not one of a few is the name of a file, or free text that no file stands in the way of. */
    private static String values(OptionSpec option) {
        String values = candidates(option);
        return values.isEmpty() ? "-r -F" : "-x -a '" + values + "'";
    }

    private static String candidates(ArgSpec argument) {
        var words = new ArrayList<String>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(words::add);
        } else if (argument.typeInfo().isEnum()) {
            words.addAll(argument.typeInfo().getEnumConstantNames());
        }
        return String.join(" ", words).toLowerCase(java.util.Locale.ROOT);
    }

    private void line(List<String> words, String description) {
        script.append("complete -c dopi ").append(String.join(" ", words));
        if (!description.isEmpty()) {
            script.append(" -d '")
                    .append(description.replace("\\", "\\\\").replace("'", "\\'"))
                    .append('\'');
        }
        script.append('\n');
    }

    private static String description(String... lines) {
        String all = String.join(" ", lines);
        int end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }
}
