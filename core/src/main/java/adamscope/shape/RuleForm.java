package adamscope.shape;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.Domain;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An update rule, as `name` (of the catalogue, or a file) or `rule` (its text), and beside it something for some of
/// its hyper-parameters. A single value is the name.
///
/// @param value what may stand for a hyper-parameter
public record RuleForm<V>(Function<HyperParameter, Form<V>> value) implements Form<RuleForm.Chosen<V>> {
    private static final String NAME = "name";
    private static final String RULE = "rule";

    /// A rule and what was said about its hyper-parameters, in the order of the text.
    public record Chosen<V>(OptimizerRule rule, Map<String, V> values) {}

    @Override
    public Chosen<V> read(Node node, Given given) {
        Node.Mapping mapping = node.mapping(NAME);
        OptimizerRule rule = rule(mapping, given);
        for (String taken : List.of(NAME, RULE)) {
            if (rule.hyperNames().contains(taken)) {
                throw new IllegalArgumentException(rule.name() + ": a hyper-parameter called '" + taken
                        + "' cannot be written into an experiment; call it something else");
            }
        }
        return new Chosen<>(rule, values(rule, mapping.without(NAME).without(RULE), given));
    }

    /// What a mapping says about hyper-parameters of a rule that is known.
    public Map<String, V> values(OptimizerRule rule, Node.Mapping mapping, Given given) {
        Map<String, V> values = new LinkedHashMap<>();
        mapping.fields().forEach((name, node) -> {
            HyperParameter hyper = node.at(() -> rule.hyper(name));
            values.put(name, node.at(() -> value.apply(hyper).read(node, given)));
        });
        return Collections.unmodifiableMap(values);
    }

    private static OptimizerRule rule(Node.Mapping mapping, Given given) {
        Node text = mapping.fields().get(RULE);
        Node name = mapping.fields().get(NAME);
        if (text == null && name == null) {
            throw Shape.missing(mapping, List.of(NAME));
        }
        Node node = text == null ? name : text;
        return text != null && isText(node.text()) || node.text().contains("\n")
                ? RuleReader.read(node.label(), node.text())
                : node.at(() -> Catalogue.find(file(node.text(), given)));
    }

    /// No rule is a single word or the name of a file.
    private static boolean isText(String text) {
        return text.isBlank() || text.strip().contains(" ") && !text.strip().endsWith(".opt");
    }

    private static String file(String named, Given given) {
        String name = named.strip();
        Path beside = given.folder().resolve(name);
        boolean file = name.endsWith(".opt") || !Catalogue.NAMES.contains(name) && Files.isRegularFile(beside);
        if (file) {
            return given.allowed(beside).toString();
        }
        Path here = given.isBounded() ? beside : Path.of(name);
        boolean aFile = name.contains("/") || name.contains("\\") || Files.isRegularFile(here);
        return aFile && !Catalogue.NAMES.contains(name) ? given.allowed(here).toString() : name;
    }

    @Override
    public Map<String, Object> write(Chosen<V> chosen, Optional<Path> folder) {
        OptimizerRule rule = chosen.rule();
        Map<String, Object> written = new LinkedHashMap<>();
        boolean shipped = Catalogue.holds(rule);
        written.put(shipped ? NAME : RULE, shipped ? rule.name() : rule.text());
        chosen.values()
                .forEach((name, part) ->
                        written.put(name, value.apply(rule.hyper(name)).write(part, folder)));
        return written;
    }

    @Override
    public Allowed allowed() {
        return Allowed.structure(
                "`name` (of the catalogue, or a file) or `rule` (its text), and values of its hyper-parameters",
                this::schema);
    }

    private Map<String, Object> schema() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> name = Map.of("anyOf", List.of(Map.of("enum", Catalogue.NAMES), text));
        HyperParameter any = new HyperParameter("NAME", 0, Domain.ALL_AND_INFINITE, "", "");
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(NAME, name);
        properties.put(RULE, text);
        mapping.put("properties", properties);
        mapping.put("anyOf", List.of(Map.of("required", List.of(NAME)), Map.of("required", List.of(RULE))));
        mapping.put("additionalProperties", value.apply(any).allowed().schema().get());
        return Map.of("anyOf", List.of(name, mapping));
    }
}
