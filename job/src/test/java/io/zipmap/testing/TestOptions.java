package io.zipmap.testing;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options of one call, written as an option and its value, another option and its value, and so on. An option that
 * is given twice has two values. Immutable.
 */
public final class TestOptions {
    private final List<Object> pairs;

    private TestOptions(List<Object> pairs) {
        this.pairs = pairs;
    }

    public static TestOptions of(Object... pairs) {
        return new TestOptions(List.of(pairs));
    }

    public static TestOptions of(Map<Option, String> texts) {
        return new TestOptions(texts.entrySet().stream()
                .flatMap(one -> Stream.<Object>of(one.getKey(), one.getValue()))
                .toList());
    }

    /** These options and more. */
    public TestOptions and(Object... more) {
        return new TestOptions(Stream.concat(pairs.stream(), Stream.of(more)).toList());
    }

    /** Resolves the options, with the general defaults and without Spark's configuration. */
    public OptionValues values() throws ZipmapException {
        Map<Option, List<String>> texts = new EnumMap<>(Option.class);
        for (int i = 0; i < pairs.size(); i += 2) {
            texts.computeIfAbsent((Option) pairs.get(i), key -> new ArrayList<>())
                    .add(pairs.get(i + 1).toString());
        }
        return OptionValues.resolve(texts, key -> null, Map.of());
    }
}
