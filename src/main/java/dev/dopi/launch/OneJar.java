package dev.dopi.launch;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Several jars as one, for this system only.
 *
 * <p>Signatures are left out, since the JVM keeps no signed class ready; native libraries of other systems too. Classes
 * of ancient versions are raised to one that it keeps. Entries are not compressed, so that none has to be unpacked at
 * each start.
 */
record OneJar(List<Path> jars) {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SERVICES = "META-INF/services/";
    /** The zip format has no time zone; any fixed time will do. */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 1, 1, 0, 0);

    void write(Path jar) throws IOException {
        write(jar, entries());
    }

    /**
     * As {@link #write(Path)}; what a start reads, all but classes, in the jar {@code files} too, since to open a jar takes
     * longer the more is in it; and the native libraries as files in the folder {@code natives}.
     */
    void write(Path jar, Path files, Path natives) throws IOException {
        Map<String, byte[]> entries = entries();
        write(jar, entries);
        var read = new LinkedHashMap<>(entries);
        read.keySet().removeIf(name -> name.endsWith(".class") || isNative(name));
        write(files, read);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (isNative(entry.getKey())) {
                Path file = natives.resolve(entry.getKey());
                Files.createDirectories(file.resolve("..").normalize());
                Files.write(file, entry.getValue());
            }
        }
    }

    private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        var raising = new RaisedClass(entries);
        try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            out.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                byte[] content = entry.getValue();
                boolean isClass = entry.getKey().endsWith(".class");
                store(
                        out,
                        entry.getKey(),
                        isClass ? raising.of(content) : entry.getKey().equals(MANIFEST) ? alone(content) : content);
            }
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        for (Path jar : jars) {
            try (var zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    String name = entry.getName();
                    if (!entry.isDirectory() && isWanted(name, jar)) {
                        entries.merge(
                                name,
                                bytes(zip, entry),
                                name.startsWith(SERVICES) ? OneJar::lines : (first, _) -> first);
                    }
                }
            }
        }
        return entries;
    }

    private boolean isWanted(String name, Path jar) {
        if (name.startsWith("META-INF/")) {
            return name.startsWith(SERVICES) || name.equals(MANIFEST) && jar.equals(jars.getFirst());
        }
        return !name.equals("module-info.class") && (!isNative(name) || isOfThisSystem(name));
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** Returns the manifest of a jar that needs no others. */
    private static byte[] alone(byte[] content) throws IOException {
        var manifest = new Manifest(new ByteArrayInputStream(content));
        manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        var written = new ByteArrayOutputStream();
        manifest.write(written);
        return written.toByteArray();
    }

    private static byte[] lines(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static boolean isNative(String name) {
        return name.endsWith(".so") || name.endsWith(".dylib") || name.endsWith(".jnilib") || name.endsWith(".dll");
    }

    /** Whether a library's name tells that it is for this processor and this family of systems, as all ours do. */
    private static boolean isOfThisSystem(String name) {
        String path = name.toLowerCase(Locale.ROOT);
        String family = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean processor = System.getProperty("os.arch", "").contains("aarch64")
                ? path.contains("aarch64") || path.contains("arm64")
                : path.contains("x86_64");
        String system = family.contains("mac") ? "mac" : family.contains("windows") ? "windows" : "linux";
        return processor && path.contains(system);
    }

    private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(WRITTEN);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        var sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
