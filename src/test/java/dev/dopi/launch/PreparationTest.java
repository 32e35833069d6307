package dev.dopi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of the program that starts fast. */
final class PreparationTest {

    private static final int JAVA_5 = 49;

    private final Path folder;

    PreparationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void makesOneJarOfAllAndFilesOfTheNativeLibrariesOfThisSystem() throws IOException {
        Preparation.prepare(program(), folder.resolve("ready"));

        try (var jar = new JarFile(folder.resolve("ready/dopi.jar").toFile())) {
            assertEquals("3.2.1", jar.getManifest().getMainAttributes().getValue("Implementation-Version"));
            assertEquals(null, jar.getManifest().getMainAttributes().getValue("Class-Path"));
            assertEquals("own", text(jar, "same.txt"));
            assertEquals("one.Provider\ntwo.Provider", text(jar, "META-INF/services/a.Service"));
            assertEquals(null, jar.getEntry("META-INF/SIGNER.SF"));
            assertEquals(ZipEntry.STORED, jar.getEntry("same.txt").getMethod());
        }
        assertEquals(List.of(ownSystem()), files(folder.resolve("ready/natives")));
        try (var small = new JarFile(folder.resolve("ready/files.jar").toFile())) {
            assertEquals("own", text(small, "same.txt"));
            assertEquals("one.Provider\ntwo.Provider", text(small, "META-INF/services/a.Service"));
            assertEquals(null, small.getEntry("old/Sign.class"));
            assertEquals(null, small.getEntry(ownSystem()));
        }
    }

    @Test
    void raisesOldClassesToAVersionThatIsVerifiedAheadAndLeavesTheirCodeAsItIs() throws Exception {
        Preparation.prepare(program(), folder.resolve("ready"));

        Path jar = folder.resolve("ready/dopi.jar");
        try (var file = new JarFile(jar.toFile())) {
            var model = ClassFile.of()
                    .parse(file.getInputStream(file.getEntry("old/Sign.class")).readAllBytes());
            assertEquals(52, model.majorVersion());
        }
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            var sign = loader.loadClass("old.Sign").getMethod("of", int.class);
            assertEquals(List.of(-1, 1), List.of(sign.invoke(null, -7), sign.invoke(null, 7)));
        }
    }

    @Test
    void leavesOneWholeFolderWhereManyPrepareAtOnce() throws Exception {
        Path program = program();
        try (var many = Executors.newFixedThreadPool(4)) {
            Callable<Void> one = () -> {
                Preparation.prepare(program, folder.resolve("start/ready"));
                return null;
            };
            for (var each : many.invokeAll(List.of(one, one, one, one))) {
                each.get();
            }
        }

        try (Stream<Path> made = Files.list(folder.resolve("start"))) {
            assertEquals(
                    List.of("ready"),
                    made.map(path -> path.getFileName().toString()).toList());
        }
        assertTrue(Files.isRegularFile(folder.resolve("start/ready/dopi.jar")));
    }

    @Test
    void leavesNothingWhereItCannotBeDone() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken/lib"));
        Files.writeString(broken.resolveSibling("dopi.jar"), "no jar");

        org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class, () -> Preparation.prepare(folder.resolve("broken"), folder.resolve("start/ready")));

        assertFalse(Files.exists(folder.resolve("start/ready")));
        assertEquals(List.of(), files(folder.resolve("start")));
    }

    private Path program() throws IOException {
        Path program = folder.resolve("program");
        Files.createDirectories(program.resolve("lib"));
        jar(
                program.resolve("dopi.jar"),
                Map.of(
                        "META-INF/MANIFEST.MF",
                        bytes("Manifest-Version: 1.0\nClass-Path: lib/a.jar\nImplementation-Version: 3.2.1\n"),
                        "same.txt",
                        bytes("own")));
        jar(
                program.resolve("lib/a.jar"),
                Map.of(
                        "same.txt", bytes("another"),
                        "META-INF/SIGNER.SF", bytes("signed"),
                        "META-INF/services/a.Service", bytes("one.Provider"),
                        "old/Sign.class", oldClass()));
        jar(
                program.resolve("lib/b.jar"),
                Map.of(
                        "META-INF/services/a.Service",
                        bytes("two.Provider"),
                        ownSystem(),
                        bytes("code"),
                        "lib/sparc-solaris-x.so",
                        bytes("other code")));
        return program;
    }

    private static String ownSystem() {
        String family =
                System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("mac") ? "macos" : "linux";
        String processor = System.getProperty("os.arch").contains("aarch64") ? "aarch64" : "x86_64";
        return "lib/" + processor + "-" + family + "-x.so";
    }

    /** A class of Java 5 with a branch, for which newer versions need a table. */
    private static byte[] oldClass() {
        var type = java.lang.constant.MethodTypeDesc.of(
                java.lang.constant.ConstantDescs.CD_int, java.lang.constant.ConstantDescs.CD_int);
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(ClassDesc.of("old.Sign"), builder -> builder.withVersion(JAVA_5, 0)
                        .withFlags(ClassFile.ACC_PUBLIC)
                        .withMethodBody("of", type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> code.iload(0)
                                .ifThenElse(
                                        java.lang.classfile.Opcode.IFLT,
                                        less -> less.iconst_m1().ireturn(),
                                        more -> more.iconst_1().ireturn())));
    }

    private static void jar(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
