package dev.dopi.launch;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.util.Map;

/**
 * Class files in a shape that the JVM can keep ready.
 *
 * <p>It keeps none from before version 50, which is how picocli is compiled: they lack the tables that let a class be
 * verified ahead. Those are worked out here; the code itself stays as it is. What newer ones leave to be linked when they
 * run is written out, see {@link PlainClass}.
 */
final class RaisedClass {

    private static final int FIRST_WITH_TABLES = 50;
    private static final int JAVA_8 = 52;

    private final ClassFile files;
    private final PlainClass plain;

    RaisedClass(Map<String, byte[]> entries) {
        ClassHierarchyResolver inside = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            byte[] content = entries.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return content == null ? null : new ByteArrayInputStream(content);
        });
        var known = ClassHierarchyResolverOption.of(inside.orElse(ClassHierarchyResolver.defaultResolver()));
        files = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, known);
        plain = new PlainClass(ClassFile.of(known));
    }

    byte[] of(byte[] content) {
        int version = Byte.toUnsignedInt(content[6]) << 8 | Byte.toUnsignedInt(content[7]);
        if (version >= FIRST_WITH_TABLES) {
            return plain.of(content);
        }
        ClassTransform raised = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(JAVA_8, 0);
            } else {
                builder.with(element);
            }
        };
        // Each method's code is passed through, so that it is written anew with its tables.
        return files.transformClass(
                files.parse(content),
                raised.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
