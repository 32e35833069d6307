package dev.dopi.ui.theme;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a piece of text is for. Code names roles; only theme files name colours. */
public enum Role {
    TEXT,
    DIM,
    TITLE,
    BORDER,
    STEP,
    SELECT,
    KEY,
    INPUT,
    LINK,
    OK,
    WARN,
    FAIL,
    SKIP,
    DIFF_ADD,
    DIFF_DEL,
    DIFF_WORD_ADD,
    DIFF_WORD_DEL,
    DIFF_GUTTER,
    CODE_KEYWORD,
    CODE_STRING,
    CODE_COMMENT,
    CODE_NUMBER,
    LOG_ERR,
    SEARCH;

    /** Returns the name in theme files, {@code diff.add}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static Optional<Role> of(String key) {
        return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
    }
}
