package io.zipmap.it;

import io.zipmap.job.ArrayFunction;
import io.zipmap.mapped.MappedArray;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * Array function that reports which array it reads and on which host: {@code NAME HOST-OF-FILE HOST-OF-TASK
 * LAST-ELEMENT}. If it has a gate, it waits there while the array is mapped.
 */
final class ReadLocationFunction implements ArrayFunction<String> {
    private static final long serialVersionUID = 1L;

    private final @Nullable String gate;

    ReadLocationFunction() {
        this(null);
    }

    ReadLocationFunction(@Nullable String gate) {
        this.gate = gate;
    }

    @Override
    public String apply(ArrayRecord record, MappedArray array) throws IOException {
        double last = array.getDouble(array.size() - 1);
        String name = Path.of(record.archive().uri()).getFileName().toString();
        if (gate != null) {
            new Gate(Path.of(gate)).pass(name);
        }
        String here = SparkEnv.get().blockManager().blockManagerId().host();
        return String.join(" ", name, record.host(), here, Double.toString(last));
    }
}
