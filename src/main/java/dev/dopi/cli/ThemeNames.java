package dev.dopi.cli;

import dev.dopi.ui.theme.Theme;
import java.util.Iterator;

/** The names of the themes that come with dopi, for shells to complete. */
final class ThemeNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Theme.BUILT_IN.iterator();
    }
}
