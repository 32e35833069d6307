package dev.dopi.engine;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.pattern.PatternInfo;
import dev.dopi.process.OutputLine;

/** Something that happened in a session. Each front end must show every kind. */
public sealed interface Event {

    /** Reading goes on: how many files are listed, and what is being looked at now. */
    record Reading(String what, int files) implements Event {}

    record ClassFound(DurableObjectClass found) implements Event {}

    record Analysed(Analysis analysis) implements Event {}

    /** A pattern has a bug; the others go on. */
    record PatternFailed(PatternInfo pattern, RuntimeException cause) implements Event {}

    /** A file stands on disk as planned. */
    record Written(String path, boolean created) implements Event {}

    /** A file is back as it was. */
    record Restored(String path, boolean deleted) implements Event {}

    /** A README still holds what a pattern that is taken back wrote there; the reason is a sentence. */
    record ReadmeLeft(String path, String reason) implements Event {}

    /** Something happened but could not be recorded for a later report; the reason is a sentence. */
    record NotRecorded(String reason) implements Event {}

    record CheckStarted(Check check) implements Event {}

    record CheckPrinted(Check check, OutputLine line) implements Event {}

    record CheckEnded(CheckResult result) implements Event {}
}
