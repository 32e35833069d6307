package dev.dopi.launch;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the methods that every record has, written out as {@link java.lang.runtime.ObjectMethods} would make it. */
record RecordMethod(ClassDesc owner, String name, List<Component> components) {

    private static final ClassDesc METHODS = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");

    record Component(String name, ClassDesc type) {}

    /** Returns the method of the record {@code owner} that {@code call} stands for; empty where it is another call. */
    static Optional<RecordMethod> of(ClassDesc owner, InvokeDynamicInstruction call) {
        boolean known = call.bootstrapMethod().owner().equals(METHODS)
                && Stream.of("equals", "hashCode", "toString")
                        .anyMatch(call.name().stringValue()::equals)
                && call.bootstrapArgs().getFirst().equals(owner);
        if (!known) {
            return Optional.empty();
        }
        List<Component> components = call.bootstrapArgs().stream()
                .skip(2)
                .map(DirectMethodHandleDesc.class::cast)
                .map(getter -> new Component(
                        getter.methodName(), getter.invocationType().returnType()))
                .toList();
        return Optional.of(new RecordMethod(owner, call.name().stringValue(), components));
    }

    void write(CodeBuilder code) {
        switch (name) {
            case "equals" -> equality(code);
            case "hashCode" -> hash(code);
            default -> text(code);
        }
    }

    private void equality(CodeBuilder code) {
        Label different = code.newLabel();
        Label other = code.newLabel();
        code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
        code.aload(1).instanceOf(owner).ifeq(different);
        code.aload(1).checkcast(owner).astore(2);
        for (Component each : components) {
            code.aload(0).getfield(owner, each.name(), each.type());
            code.aload(2).getfield(owner, each.name(), each.type());
            switch (TypeKind.from(each.type())) {
                case REFERENCE ->
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                            .ifeq(different);
                case LONG, FLOAT, DOUBLE ->
                    code.invokestatic(
                                    wrapper(each.type()),
                                    "compare",
                                    MethodTypeDesc.of(CD_int, each.type(), each.type()))
                            .ifne(different);
                default -> code.if_icmpne(different);
            }
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private void hash(CodeBuilder code) {
        code.iconst_0();
        for (Component each : components) {
            code.loadConstant(31).imul();
            code.aload(0).getfield(owner, each.name(), each.type());
            if (each.type().isPrimitive()) {
                code.invokestatic(wrapper(each.type()), "hashCode", MethodTypeDesc.of(CD_int, each.type()));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private void text(CodeBuilder code) {
        MethodTypeDesc append = MethodTypeDesc.of(BUILDER, CD_String);
        code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", ConstantDescs.MTD_void);
        code.ldc(owner).invokevirtual(ConstantDescs.CD_Class, "getSimpleName", MethodTypeDesc.of(CD_String));
        code.invokevirtual(BUILDER, "append", append);
        String before = "[";
        for (Component each : components) {
            code.ldc(before + each.name() + "=").invokevirtual(BUILDER, "append", append);
            code.aload(0).getfield(owner, each.name(), each.type());
            code.invokestatic(CD_String, "valueOf", MethodTypeDesc.of(CD_String, printed(each.type())));
            code.invokevirtual(BUILDER, "append", append);
            before = ", ";
        }
        code.ldc(components.isEmpty() ? "[]" : "]").invokevirtual(BUILDER, "append", append);
        code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
    }

    private static ClassDesc printed(ClassDesc type) {
        return switch (TypeKind.from(type)) {
            case REFERENCE -> CD_Object;
            case BYTE, SHORT -> CD_int;
            default -> type;
        };
    }

    private static ClassDesc wrapper(ClassDesc type) {
        return switch (TypeKind.from(type)) {
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case SHORT -> ConstantDescs.CD_Short;
            case INT -> ConstantDescs.CD_Integer;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            case DOUBLE -> ConstantDescs.CD_Double;
            case VOID, REFERENCE -> throw new IllegalArgumentException(type.descriptorString());
        };
    }
}
