package dev.dopi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes whose switches and records are written out do what they did before. */
final class PlainClassTest {

    /** Of every type that a component can have. */
    public record Every(
            boolean a, byte b, char c, short d, int e, long f, float g, double h, String i, List<String> j, int[] k) {}

    /** Without any. */
    public record Nothing() {}

    /** What a switch can tell apart. */
    public sealed interface Shape {

        /** One of them. */
        record Circle(int radius) implements Shape {}

        /** The other one, with a part to match. */
        record Pair(Object first, Shape second) implements Shape {}

        /** Switches that the compiler leaves to the first run. */
        static String name(Object value) {
            return switch (value) {
                case null -> "null";
                case Circle circle when circle.radius() > 9 -> "large";
                case Circle circle -> "circle " + circle.radius();
                case Pair(String text, Circle _) -> "named " + text;
                case Pair(_, Pair _) -> "nested";
                case String text -> text;
                case Object other -> "other " + other;
            };
        }
    }

    /** Loads classes as they are when written out. */
    private static final class Written extends ClassLoader {

        private final PlainClass plain = new PlainClass(ClassFile.of());

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PlainClassTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] content = plain.of(bytes(name));
            assertFalse(links(content), name);
            return defineClass(name, content, 0, content.length);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream in = PlainClassTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return java.util.Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean links(byte[] content) {
        return ClassFile.of().parse(content).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .flatMap(element -> element instanceof InvokeDynamicInstruction indy ? Stream.of(indy) : Stream.of())
                .anyMatch(indy -> indy.bootstrapMethod()
                        .owner()
                        .descriptorString()
                        .startsWith("Ljava/lang/runtime/"));
    }

    private static Constructor<?> written(Class<?> type) throws ReflectiveOperationException {
        return new Written().loadClass(type.getName()).getConstructors()[0];
    }

    @Test
    void recordsHaveTheSameTextAndHashAndTheSameEquals() throws ReflectiveOperationException {
        var array = new int[] {4};
        var values = List.<Object[]>of(
                new Object[] {true, (byte) -7, 'x', (short) -300, 5, 1L << 40, -0.0f, Double.NaN, "s", List.of("l"), array
                },
                new Object[] {false, (byte) 1, 'é', (short) 2, -3, -4L, Float.NaN, 0.5, null, null, null});
        Constructor<?> made = written(Every.class);
        for (Object[] each : values) {
            Object expected = Every.class.getConstructors()[0].newInstance(each);
            Object actual = made.newInstance(each);

            assertEquals(expected.toString(), actual.toString());
            assertEquals(expected.hashCode(), actual.hashCode());
            assertEquals(actual, actual);
            assertEquals(actual, made.newInstance(each));
            assertNotEquals(actual, expected);
            for (int i = 0; i < each.length; i++) {
                Object[] other = each.clone();
                other[i] = values.get(each == values.getFirst() ? 1 : 0)[i];
                assertNotEquals(actual, made.newInstance(other), "component " + i);
            }
        }
        assertNotEquals(
                made.newInstance(values.getFirst()), made.newInstance(with(values.getFirst(), 6, 0.0f)), "signed zero");
        Object nothing = written(Nothing.class).newInstance();
        assertEquals("Nothing[]", nothing.toString());
        assertEquals(new Nothing().hashCode(), nothing.hashCode());
    }

    private static Object[] with(Object[] values, int at, Object value) {
        Object[] copy = values.clone();
        copy[at] = value;
        return copy;
    }

    @Test
    void switchesTakeTheSameWay() throws ReflectiveOperationException {
        var loader = new Written();
        Class<?> shape = loader.loadClass(Shape.class.getName());
        Constructor<?> circle = loader.loadClass(Shape.Circle.class.getName()).getConstructors()[0];
        Constructor<?> pair = loader.loadClass(Shape.Pair.class.getName()).getConstructors()[0];
        var name = shape.getMethod("name", Object.class);
        Object small = circle.newInstance(3);

        var expected = Map.of(
                small, "circle 3",
                circle.newInstance(10), "large",
                pair.newInstance("t", small), "named t",
                pair.newInstance(1, pair.newInstance(2, small)), "nested",
                "text", "text",
                8, "other 8");
        for (var each : expected.entrySet()) {
            assertEquals(each.getValue(), name.invoke(null, each.getKey()));
        }
        assertEquals("null", name.invoke(null, new Object[] {null}));
        assertEquals("other Pair[first=1, second=Circle[radius=3]]", name.invoke(null, pair.newInstance(1, small)));
    }
}
