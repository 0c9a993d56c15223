package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.reflect.ClassTag;

class ArrayRecordTest {
    private static final ClassTag<ArrayRecord> TAG = ClassTag.apply(ArrayRecord.class);

    static Stream<Serializer> serializers() {
        return Stream.of(new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf()));
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void crossesWholeInUnderOneKilobyteWhateverTheArray(Serializer serializer) throws IOException {
        ArrayLayout layout =
                new ArrayLayout(Dtype.parse(">f8"), Shape.of(1L << 40, 3, 5, 7, 11, 13, 1, 1), Order.FORTRAN);
        ArrayRecord record = record("e".repeat(80), layout, 0xffff_ffffL);
        ByteBuffer bytes = serializer.newInstance().serialize(record, TAG);
        assertThat(bytes.remaining()).isLessThanOrEqualTo(1024);
        ArrayRecord back = serializer.newInstance().deserialize(bytes, TAG);
        assertThat(back).isEqualTo(record).hasSameHashCodeAs(record).hasToString(record.toString());
        assertThat(back.bytes()).isEqualTo(layout.bytes());
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void crossesWholeWithADtypeOfManyFields(Serializer serializer) throws IOException {
        ArrayRecord record = record("e".repeat(80), new ArrayLayout(fields(60), Shape.of(1L << 40), Order.C), 1);
        assertThat(record.requireSmall()).isSameAs(record);
        ByteBuffer bytes = serializer.newInstance().serialize(record, TAG);
        assertThat(bytes.remaining()).isLessThanOrEqualTo(1024);
        ArrayRecord back = serializer.newInstance().deserialize(bytes, TAG);
        assertThat(back).isEqualTo(record);
        assertThat(back.layout().dtype().leaves())
                .isEqualTo(record.layout().dtype().leaves());
    }

    @Test
    void refusesADtypeThatWouldMakeItLarge() throws IOException {
        ArrayRecord record = record("e", new ArrayLayout(fields(400), Shape.of(3), Order.C), 1);
        assertThat(Errors.named(Condition.DTYPE_TOO_LONG, record::requireSmall))
                .hasMessageContainingAll("400 fields", "at most 1024 bytes");
    }

    private static Dtype fields(int count) throws IOException {
        String[] names = {"ra", "dec", "parallax", "flux_mean", "flux_error"};
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            text.append("('").append(names[i % names.length]).append('_').append(i / names.length);
            text.append(i % 3 == 0 ? "', '<f8')," : "', '<i4'),");
        }
        return Dtype.parse(text + "]");
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void crossesWithoutWhatIsNotKnown(Serializer serializer) throws IOException {
        ArrayRecord record = record(null, new ArrayLayout(Dtype.parse("|b1"), Shape.of(), Order.C), -1);
        ByteBuffer bytes = serializer.newInstance().serialize(record, TAG);
        assertThat((Object) serializer.newInstance().deserialize(bytes, TAG)).isEqualTo(record);
        assertThat(record.at("other", "/p", 64, Placement.REUSED)).isNotEqualTo(record);
    }

    private static ArrayRecord record(String entry, ArrayLayout layout, long crc32) {
        ArchiveRef archive = new ArchiveRef("s3a://" + "u".repeat(144), 1L << 45, "\"" + "a".repeat(34) + "\"");
        String host = "ip-10-120-130-140.eu-central-1.compute.internal";
        return new ArrayRecord(
                archive,
                70_000,
                entry,
                "deflate64",
                crc32,
                layout,
                host,
                "p".repeat(150),
                1L << 40,
                Placement.IN_PLACE);
    }
}
