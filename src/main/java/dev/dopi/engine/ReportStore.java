package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The report of the last session in a project, kept from one session to the next. */
public final class ReportStore {

    private static final int FORMAT = 2;

    private final Path file;
    private final Disk disk = new Disk();

    public ReportStore(StateFolder folder) {
        this.file = folder.path().resolve("report.json");
    }

    private record Saved(int format, SessionReport report) {}

    /** Replaces the report that is there. */
    public void save(SessionReport report) throws ProjectException {
        try {
            disk.makeFolders(Disk.parent(file));
            disk.replace(file, Json.write(new Saved(FORMAT, report)), ".report-", "rw-------");
        } catch (IOException e) {
            throw Refusal.because("The report cannot be kept in %s (%s).".formatted(file, Refusal.reason(e)));
        }
    }

    /** Returns the last report, or empty where there is none, or none that this dopi can read. */
    public Optional<SessionReport> load() {
        try {
            Saved saved = Json.read(file, Saved.class);
            return saved.format() == FORMAT ? Optional.ofNullable(saved.report()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
