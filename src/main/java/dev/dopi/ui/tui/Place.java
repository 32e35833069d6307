package dev.dopi.ui.tui;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Where a guided session takes place: a terminal's settings, its keys and its screen. */
record Place(Tty tty, InputStream in, OutputStream out, Map<String, String> environment) {

    /** Returns the terminal that this program was started in. */
    static Place ofThisProgram() throws IOException {
        return new Place(
                Tty.open(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                System.getenv());
    }
}
