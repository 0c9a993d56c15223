package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
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

    private static int bytes(Serializer serializer, ArrayRecord record) {
        return serializer.newInstance().serialize(record, TAG).remaining();
    }

    /** Names without a pattern, of one to three bytes a character; the longest that are taken, and one more. */
    @Test
    void staysUnderOneKilobyteOrIsRefusedByName() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("<f4"), Shape.of(1, 2, 3, 4, 5, 6, 7, 8), Order.FORTRAN);
        ArrayLayout axes = new ArrayLayout(Dtype.parse("<M8[25us]"), Shape.of(new long[64]), Order.FORTRAN);
        for (int length = 0; length < 40; length++) {
            ArrayRecord record = record("e".repeat(length), axes, 1);
            try {
                record.requireSmall();
            } catch (ZipmapException e) {
                break;
            }
            for (Serializer serializer : serializers().toList()) {
                assertThat(bytes(serializer, record)).as("64 axes, " + length).isLessThanOrEqualTo(1024);
            }
        }
        for (String letter : new String[] {"e", "é", "数", "😀"}) {
            int taken = 0;
            for (int length = 0; length < 1100; length++) {
                ArrayRecord record = record(letter.repeat(length), layout, 0xffff_ffffL);
                try {
                    record.requireSmall();
                    taken++;
                } catch (ZipmapException e) {
                    assertThat(e.condition()).isEqualTo(Condition.NAME_TOO_LONG);
                    continue;
                }
                for (Serializer serializer : serializers().toList()) {
                    assertThat(bytes(serializer, record)).as(letter + length).isLessThanOrEqualTo(1024);
                }
            }
            assertThat(taken).isGreaterThan(50);
        }
        Errors.named(Condition.NAME_TOO_LONG, record("e".repeat(32_767), layout, 1)::requireSmall);
    }

    @Test
    void crossesWholeOrIsRefusedForArchivesOfLongNames() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("<f4"), Shape.of(3), Order.C);
        for (int length = 1; length < 1100; length++) {
            String path = "/" + "d".repeat(length) + "/a.npz";
            ArchiveRef archive =
                    new ArchiveRef("file://" + path, 1L << 45, "1700000000000").withContentDigest("0123456789abcdef");
            ArrayRecord record =
                    new ArrayRecord(archive, 0, "x.npy", "stored", 1, layout, "host", path, 64, Placement.IN_PLACE);
            assertThat(record.path()).isEqualTo(path);
            assertThat(extracted(record, "/other").path()).isEqualTo("/other");
            try {
                record.requireSmall();
            } catch (ZipmapException e) {
                assertThat(length).isGreaterThan(550);
                assertThat(e.condition()).isEqualTo(Condition.NAME_TOO_LONG);
                continue;
            }
            for (Serializer serializer : serializers().toList()) {
                ByteBuffer form = serializer.newInstance().serialize(record, TAG);
                assertThat(form.remaining()).as("" + length).isLessThanOrEqualTo(1024);
                ArrayRecord back = serializer.newInstance().deserialize(form, TAG);
                assertThat(back).isEqualTo(record);
                assertThat(back.path()).isEqualTo(path);
            }
        }
    }

    @Test
    void showsOnlyTheBeginningOfALongNameInAMessage() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("<f4"), Shape.of(3), Order.C);
        ZipmapException e = Errors.named(Condition.NAME_TOO_LONG, record("e".repeat(32_767), layout, 1)::requireSmall)
                .entry("e".repeat(32_767));
        assertThat(e.getMessage()).hasSizeLessThan(2000).contains("eee… (32767 characters)");
    }

    private static ArrayRecord extracted(ArrayRecord record, String path) {
        return new ArrayRecord(
                record.archive(),
                record.entryIndex(),
                record.entry(),
                record.method(),
                record.crc32(),
                record.layout(),
                record.host(),
                path,
                record.offset(),
                Placement.EXTRACTED);
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
    void crossesWithoutANameAndAChecksum(Serializer serializer) throws IOException {
        ArrayRecord record = record(null, new ArrayLayout(Dtype.parse("|b1"), Shape.of(), Order.C), -1);
        ByteBuffer bytes = serializer.newInstance().serialize(record, TAG);
        assertThat((Object) serializer.newInstance().deserialize(bytes, TAG)).isEqualTo(record);
        assertThat(extracted(record, "/p")).isNotEqualTo(record);
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
