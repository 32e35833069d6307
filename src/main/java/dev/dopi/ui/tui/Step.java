package dev.dopi.ui.tui;

/** The steps of the walk, in order. */
enum Step {
    ANALYSE("Analyse"),
    CHOOSE("Choose"),
    OPTIONS("Options"),
    REVIEW("Review"),
    APPLY("Apply"),
    VALIDATE("Validate"),
    REPORT("Report");

    private final String title;

    Step(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
