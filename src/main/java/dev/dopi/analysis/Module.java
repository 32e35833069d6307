package dev.dopi.analysis;

import dev.dopi.syntax.SyntaxNode;
import dev.dopi.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one script declares, imports and exports at its top level.
 *
 * @param declarations by local name: a class, a function, a type, or the declarator of a variable
 * @param imports by local name
 * @param exports by exported name, {@code default} among them
 * @param stars the specifiers of {@code export * from}
 */
record Module(
        SyntaxTree tree,
        Map<String, SyntaxNode> declarations,
        Map<String, Reference> imports,
        Map<String, Export> exports,
        List<String> stars) {

    /** A name in another module; {@code *} stands for the module itself. */
    record Reference(String specifier, String name) {}

    /** What an exported name stands for. */
    sealed interface Export {
        /** A name of this module's own. */
        record Local(String name) implements Export {}

        /** A name of another module. */
        record Remote(Reference reference) implements Export {}

        /** An expression: {@code export default class …}, {@code module.exports = …}. */
        record Value(SyntaxNode node) implements Export {}
    }

    String path() {
        return tree.file().path();
    }

    static Module of(SyntaxTree tree) {
        var module = new Module(tree, new LinkedHashMap<>(), new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        tree.root().children().forEach(module::read);
        return module;
    }

    private void read(SyntaxNode statement) {
        switch (statement.kind()) {
            case "import_statement" -> readImport(statement);
            case "export_statement" -> readExport(statement);
            case "expression_statement" ->
                statement.child("assignment_expression").ifPresent(this::readCommonJs);
            default -> declare(statement);
        }
    }

    /** Takes in what {@code statement} declares and returns the names. */
    private List<String> declare(SyntaxNode statement) {
        var names = new ArrayList<String>();
        switch (statement.kind()) {
            case "class_declaration",
                    "abstract_class_declaration",
                    "function_declaration",
                    "generator_function_declaration",
                    "enum_declaration" -> {
                names.add(statement.fieldText("name"));
                declarations.put(names.getFirst(), statement);
            }
            case "lexical_declaration", "variable_declaration" -> {
                for (SyntaxNode declarator : statement.children()) {
                    declarator.field("name").ifPresent(name -> declareNames(name, declarator, names));
                }
            }
            // A type can have a class's name: the class, which has a value, then counts.
            case "interface_declaration", "type_alias_declaration" ->
                declarations.putIfAbsent(statement.fieldText("name"), statement);
            default -> {}
        }
        return names;
    }

    private void declareNames(SyntaxNode name, SyntaxNode declarator, List<String> names) {
        if (name.is("identifier")) {
            names.add(name.text());
            declarations.put(name.text(), declarator);
            required(declarator).ifPresent(from -> imports.put(name.text(), new Reference(from, "*")));
        } else if (name.is("object_pattern")) {
            for (SyntaxNode part : name.children()) {
                String local = part.is("pair_pattern") ? part.fieldText("value") : part.text();
                names.add(local);
                declarations.put(local, declarator);
                String key = part.is("pair_pattern") ? part.fieldText("key") : local;
                required(declarator).ifPresent(from -> imports.put(local, new Reference(from, key)));
            }
        }
    }

    /** Returns the specifier where {@code declarator} is initialised with {@code require("…")}. */
    private static Optional<String> required(SyntaxNode declarator) {
        return declarator
                .field("value")
                .filter(value -> value.is("call_expression")
                        && value.fieldText("function").equals("require"))
                .flatMap(value -> value.field("arguments"))
                .flatMap(arguments -> arguments.child("string"))
                .map(Module::unquoted);
    }

    private void readImport(SyntaxNode statement) {
        var source = statement.field("source");
        var clause = statement.child("import_clause");
        if (source.isEmpty() || clause.isEmpty()) {
            return;
        }
        String specifier = unquoted(source.get());
        for (SyntaxNode part : clause.get().children()) {
            switch (part.kind()) {
                case "identifier" -> imports.put(part.text(), new Reference(specifier, "default"));
                case "namespace_import" ->
                    part.child("identifier").ifPresent(name -> imports.put(name.text(), new Reference(specifier, "*")));
                case "named_imports" -> part.children().forEach(each -> readImported(each, specifier));
                default -> {}
            }
        }
    }

    private void readImported(SyntaxNode part, String specifier) {
        String name = part.fieldText("name");
        String local = part.field("alias").map(SyntaxNode::text).orElse(name);
        imports.put(local, new Reference(specifier, name));
    }

    private void readExport(SyntaxNode statement) {
        var source = statement.field("source").map(Module::unquoted);
        var clause = statement.child("export_clause");
        if (clause.isPresent()) {
            for (SyntaxNode part : clause.get().children()) {
                String name = part.fieldText("name");
                String as = part.field("alias").map(SyntaxNode::text).orElse(name);
                exports.put(
                        as,
                        source.<Export>map(from -> new Export.Remote(new Reference(from, name)))
                                .orElseGet(() -> new Export.Local(name)));
            }
        } else if (source.isPresent()) {
            statement
                    .child("namespace_export")
                    .ifPresentOrElse(
                            star -> star.children()
                                    .forEach(name -> exports.put(
                                            name.text(), new Export.Remote(new Reference(source.get(), "*")))),
                            () -> stars.add(source.get()));
        } else if (statement.has("default")) {
            readDefault(statement);
        } else {
            statement.field("declaration").ifPresent(declaration -> declare(declaration)
                    .forEach(name -> exports.put(name, new Export.Local(name))));
        }
    }

    private void readDefault(SyntaxNode statement) {
        statement.field("declaration").ifPresent(declaration -> {
            List<String> names = declare(declaration);
            exports.put(
                    "default",
                    names.isEmpty() || names.getFirst().isEmpty()
                            ? new Export.Value(declaration)
                            : new Export.Local(names.getFirst()));
        });
        statement.field("value").ifPresent(value -> exports.put("default", new Export.Value(value)));
    }

    private void readCommonJs(SyntaxNode assignment) {
        String target = assignment.fieldText("left");
        var value = assignment.field("right");
        if (value.isEmpty()) {
            return;
        }
        if (target.equals("module.exports")) {
            exports.put("default", new Export.Value(value.get()));
            if (value.get().is("object")) {
                value.get().children().forEach(this::readCommonJsMember);
            } else if (value.get().is("class")) {
                String name = value.get().fieldText("name");
                if (!name.isEmpty()) {
                    exports.put(name, new Export.Value(value.get()));
                }
            } else if (value.get().is("identifier")) {
                exports.put(value.get().text(), new Export.Local(value.get().text()));
            }
        } else if (target.startsWith("module.exports.") || target.startsWith("exports.")) {
            exports.put(target.substring(target.lastIndexOf('.') + 1), new Export.Value(value.get()));
        }
    }

    private void readCommonJsMember(SyntaxNode member) {
        if (member.is("shorthand_property_identifier")) {
            exports.put(member.text(), new Export.Local(member.text()));
        } else if (member.is("pair")) {
            member.field("value").ifPresent(value -> exports.put(member.fieldText("key"), new Export.Value(value)));
        }
    }

    static String unquoted(SyntaxNode string) {
        String text = string.text();
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }
}
