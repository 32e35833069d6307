package dev.dopi.sql;

import dev.dopi.natives.NativeLibrary;
import java.nio.file.Path;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/** SQLite's native code, loaded when the first database is opened. */
final class NativeSqlite {

    private static boolean prepared;

    private NativeSqlite() {}

    /** Tells the driver where its library is, so that it does not unpack it at each start. */
    static synchronized void prepare() {
        if (prepared) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String folder = "org/sqlite/native/%s/%s".formatted(system(), OSInfo.getArchName());
        NativeLibrary.load(folder + "/" + name).ifPresent(root -> {
            Path place = root.resolve(folder);
            System.setProperty("org.sqlite.lib.path", place.toString());
            System.setProperty("org.sqlite.lib.name", name);
        });
        prepared = true;
    }

    /** Returns the driver's name for this system, which it finds on Linux by starting a program each time. */
    private static String system() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        boolean termux = System.getenv("TERMUX_VERSION") != null;
        if (!linux || termux || OSInfo.isAndroidRuntime()) {
            return OSInfo.getOSName();
        }
        return OSInfo.isMusl() ? "Linux-Musl" : "Linux";
    }
}
