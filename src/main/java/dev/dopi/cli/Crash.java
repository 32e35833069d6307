package dev.dopi.cli;

import dev.dopi.report.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bug in dopi: one line for the user, the trace in a file for who mends it. */
record Crash(Throwable cause, Surroundings surroundings) {

    int report() {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        Path folder = surroundings.stateFolder();
        String details;
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "crash-", ".txt");
            Files.writeString(file, trace.toString());
            details = "the details are in " + file;
        } catch (IOException e) {
            details = "the details could not be written to " + folder + " and stand below";
            surroundings.err().print(PlainText.block(trace.toString()));
        }
        surroundings
                .err()
                .println(PlainText.line("dopi broke, which is a bug in it and not in your project (%s); %s."
                        .formatted(cause, details)));
        return ExitCode.CRASH;
    }
}
