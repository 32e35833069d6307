package dev.dopi.launch;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes out what the compiler leaves to the first run: switches over types, and the methods that every record has.
 *
 * <p>The JVM makes these of method handles when they are first used, and its AOT cache does not keep them; each costs a
 * millisecond or more then. What is written out does the same.
 */
final class PlainClass {

    private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final byte[] MARK = "java/lang/runtime/".getBytes(StandardCharsets.US_ASCII);
    private static final int HIDDEN = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassFile files;

    /** {@code files} knows the classes that are transformed. */
    PlainClass(ClassFile files) {
        this.files = files;
    }

    byte[] of(byte[] content) {
        if (!mentions(content)) {
            return content;
        }
        ClassModel model = files.parse(content);
        var added = new ArrayList<Consumer<ClassBuilder>>();
        CodeTransform calls = (builder, element) -> {
            Optional<Call> call = element instanceof InvokeDynamicInstruction indy
                    ? call(model.thisClass().asSymbol(), indy, "$plain$" + added.size())
                    : Optional.empty();
            if (call.isEmpty()) {
                builder.with(element);
                return;
            }
            boolean inInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
            added.add(call.get().method());
            builder.invokestatic(
                    model.thisClass().asSymbol(), call.get().name(), call.get().type(), inInterface);
        };
        return files.transformClass(
                model,
                ClassTransform.transformingMethodBodies(calls)
                        .andThen(ClassTransform.endHandler(builder -> added.forEach(each -> each.accept(builder)))));
    }

    private static boolean mentions(byte[] content) {
        for (int i = 0; i + MARK.length <= content.length; i++) {
            if (java.util.Arrays.equals(content, i, i + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }

    /** A method that does what a call that is linked at run time does. */
    private record Call(String name, MethodTypeDesc type, Consumer<ClassBuilder> method) {}

    private static Optional<Call> call(ClassDesc owner, InvokeDynamicInstruction indy, String name) {
        DirectMethodHandleDesc bootstrap = indy.bootstrapMethod();
        MethodTypeDesc type = indy.typeSymbol();
        List<ConstantDesc> arguments = indy.bootstrapArgs();
        if (bootstrap.owner().equals(SWITCHES) && bootstrap.methodName().equals("typeSwitch")) {
            boolean classes = arguments.stream().allMatch(each -> each instanceof ClassDesc label && !label.isPrimitive());
            return classes && !type.parameterType(0).isPrimitive()
                    ? Optional.of(new Call(name, type, builder -> typeSwitch(builder, name, type, arguments)))
                    : Optional.empty();
        }
        return RecordMethod.of(owner, indy)
                .map(method -> new Call(
                        name, type, builder -> builder.withMethodBody(name, type, HIDDEN, method::write)));
    }

    /** Returns the number of the first label from the second argument on that the first is an instance of. */
    private static void typeSwitch(ClassBuilder builder, String name, MethodTypeDesc type, List<ConstantDesc> labels) {
        builder.withMethodBody(name, type, HIDDEN, code -> {
            Label present = code.newLabel();
            code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
            for (int i = 0; i < labels.size(); i++) {
                Label next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                if (labels.get(i) instanceof ClassDesc label && !label.equals(ConstantDescs.CD_Object)) {
                    code.aload(0).instanceOf(label).ifeq(next);
                }
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        });
    }
}
