package io.zipmap.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.options.SourceOptions;
import io.zipmap.options.UnknownOptions;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The data source {@code zipmap}: {@code spark.read().format("zipmap").load("…/*.npz")}, or {@code CREATE TEMPORARY VIEW … USING
 * zipmap OPTIONS (path '…')}. A table is the archives as they were when it was loaded: one that is replaced later fails the query.
 * The path may be the output of a run: then it is the archives as they were in that run, and nothing is listed.
 *
 * <p>Spark's interface declares no errors, so a ZipmapException comes as the cause of an UncheckedIOException with its message.
 */
public final class ZipmapSource implements TableProvider, DataSourceRegister {
    private static final String PATH = "path";
    private static final String PATHS = "paths";

    /** Spark asks one instance for schema and table, one after the other. */
    private @Nullable ZipmapTable table;

    /** For Spark, which finds it by {@code META-INF/services}. */
    public ZipmapSource() {}

    @Override
    public String shortName() {
        return "zipmap";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return load(options).schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return table != null ? table : load(new CaseInsensitiveStringMap(properties));
    }

    private ZipmapTable load(CaseInsensitiveStringMap options) {
        try {
            ZipmapTable loaded = load(SparkSession.active(), options);
            table = loaded;
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static ZipmapTable load(SparkSession session, CaseInsensitiveStringMap options) throws IOException {
        Map<String, String> said = new TreeMap<>(options.asCaseSensitiveMap());
        said.keySet().removeIf(key -> key.equalsIgnoreCase(PATH) || key.equalsIgnoreCase(PATHS));
        UnknownOptions.refuse(
                CollectionConverters.asJava(session.conf().getAll()).keySet());
        OptionValues values = SourceOptions.resolve(said, key -> session.conf().get(key, null));
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Configuration configuration = spark.hadoopConfiguration();
        AllowedRoots roots = AllowedRoots.of(allowed(spark.getConf(), values), configuration);
        SourceSettings settings = SourceSettings.of(values, roots);
        List<String> inputs = inputs(options, values);
        for (String input : inputs) {
            roots.check(input, configuration);
        }
        Broadcast<SerializableConfiguration> hadoop = spark.broadcast(new SerializableConfiguration(configuration));
        StoreAccess access = new StoreAccess(settings.extract(), spark.sc(), hadoop);
        Optional<RunOutput> former = RunOutput.among(configuration, inputs);
        Inventory inventory = former.isPresent()
                ? new FormerArrays(session, access, settings).of(former.get())
                : new Surveyor(spark, hadoop, access, settings).survey(inputs);
        return new ZipmapTable(inventory, settings, access);
    }

    /** A session may not widen what the application was started with. */
    private static List<String> allowed(SparkConf conf, OptionValues values) {
        String fixed = conf.get(Option.ALLOWED_ROOTS.property(), "");
        return fixed.isBlank()
                ? values.commaSeparated(Option.ALLOWED_ROOTS)
                : Arrays.stream(fixed.split(","))
                        .map(String::strip)
                        .filter(root -> !root.isEmpty())
                        .toList();
    }

    private static List<String> inputs(CaseInsensitiveStringMap options, OptionValues values) throws IOException {
        List<String> inputs = new ArrayList<>(values.texts(Option.INPUT));
        if (options.containsKey(PATH)) {
            inputs.add(options.get(PATH));
        }
        if (options.containsKey(PATHS)) {
            try {
                inputs.addAll(List.of(new ObjectMapper().readValue(options.get(PATHS), String[].class)));
            } catch (JsonProcessingException e) {
                throw new ZipmapException(Condition.OPTION_INVALID, "Invalid value of paths: " + options.get(PATHS))
                        .expected("a JSON array of texts")
                        .because(e);
            }
        }
        if (inputs.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Cannot do without an option: path");
        }
        return inputs;
    }
}
