package io.zipmap.sql.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.options.SourceOptions;
import io.zipmap.options.UnknownOptions;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The checked inputs and settings of one table, made before any input is listed. Immutable.
 *
 * @param paths inputs as the user gave them: paths, patterns and {@code @} lists
 * @param hadoop the Hadoop configuration, as tasks receive it
 */
record TableInputs(
        List<String> paths, SourceSettings settings, StoreAccess access, Broadcast<SerializableConfiguration> hadoop) {
    private static final String PATH = "path";
    private static final String PATHS = "paths";

    /**
     * @param given options of a reader or properties of a persistent table
     * @throws ZipmapException {@code OPTION_INVALID}, {@code INPUT_NOT_ALLOWED}, {@code CREDENTIALS_IN_URI}
     */
    static TableInputs of(SparkSession session, Map<String, String> given) throws IOException {
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.putAll(CatalogProperties.options(given));
        String path = options.remove(PATH);
        String paths = options.remove(PATHS);
        UnknownOptions.refuse(
                CollectionConverters.asJava(session.conf().getAll()).keySet());
        OptionValues values =
                SourceOptions.resolve(options, key -> session.conf().get(key, null));
        List<String> inputs = new ArrayList<>(values.texts(Option.INPUT));
        if (path != null) {
            inputs.add(path);
        }
        if (paths != null) {
            inputs.addAll(parseArray(paths));
        }
        if (inputs.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Missing option: path");
        }
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Configuration configuration = spark.hadoopConfiguration();
        AllowedRoots roots = AllowedRoots.of(allowedRoots(spark.getConf(), values), configuration);
        for (String input : inputs) {
            roots.checkInput(input, configuration);
        }
        SourceSettings settings = SourceSettings.of(values, roots, configuration, inputs);
        Broadcast<SerializableConfiguration> hadoop = spark.broadcast(new SerializableConfiguration(configuration));
        StoreAccess access = new StoreAccess(settings.extract(), spark.sc(), hadoop);
        return new TableInputs(List.copyOf(inputs), settings, access, hadoop);
    }

    private static List<String> parseArray(String paths) throws ZipmapException {
        try {
            return List.of(new ObjectMapper().readValue(paths, String[].class));
        } catch (JsonProcessingException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Invalid value of paths: " + paths)
                    .expected("a JSON array of texts")
                    .because(e);
        }
    }

    /**
     * The roots of the application, which a session cannot change; those of the session if the application has none.
     */
    private static List<String> allowedRoots(SparkConf conf, OptionValues values) {
        String fixed = conf.get(Option.ALLOWED_ROOTS.property(), "");
        return fixed.isBlank()
                ? values.commaSeparated(Option.ALLOWED_ROOTS)
                : Arrays.stream(fixed.split(","))
                        .map(String::strip)
                        .filter(root -> !root.isEmpty())
                        .toList();
    }

    Configuration configuration() {
        return hadoop.value().value();
    }
}
