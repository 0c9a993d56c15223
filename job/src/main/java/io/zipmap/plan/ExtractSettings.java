package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.InflaterKind;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.RawLayout;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.store.ExtractRules;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options that decide which arrays are extracted and how they are kept, parsed and checked on the driver. The
 * pipeline and the data source share them. Immutable.
 */
public final class ExtractSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MAX_SLICE_BYTES = 1L << 30;
    private static final long MIN_SLICE_BYTES = 16;

    private final ExtractRules rules;
    private final EntryRules entries;
    private final List<String> scratch;
    private final long scratchBudget;
    private final boolean keepScratch;
    private final int sliceBytes;
    private final long packBytes;

    private ExtractSettings(OptionValues values) throws ZipmapException {
        rules = new ExtractRules(raw(values), inPlace(values), limits(values))
                .maxHeaderChars((int) Math.min(Integer.MAX_VALUE, values.number(Option.MAX_HEADER_CHARS)))
                .verify(Verify.valueOf(values.word(Option.VERIFY).toUpperCase(Locale.ROOT)))
                .inflater(InflaterKind.valueOf(values.word(Option.INFLATER).toUpperCase(Locale.ROOT)));
        entries = EntryRules.of(values);
        scratch = List.copyOf(values.commaSeparated(Option.SCRATCH));
        scratchBudget = values.bytes(Option.SCRATCH_BUDGET);
        keepScratch = values.flag(Option.KEEP_SCRATCH);
        sliceBytes = sliceBytes(values);
        packBytes = values.bytes(Option.PACK_BYTES);
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static ExtractSettings of(OptionValues values) throws ZipmapException {
        return new ExtractSettings(values);
    }

    private static @Nullable RawLayout raw(OptionValues values) throws ZipmapException {
        Order order = values.word(Option.ORDER).equals("C") ? Order.C : Order.FORTRAN;
        ByteOrder bytes = values.word(Option.BYTE_ORDER).equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long[] axes = RawLayout.parseAxes(values.required(Option.SHAPE));
        Optional<String> dtype = values.text(Option.DTYPE);
        RawLayout layout = RawLayout.of(dtype(dtype.orElse("uint8"), bytes), axes, order);
        return dtype.isPresent() ? layout : null;
    }

    private static Dtype dtype(String text, ByteOrder order) throws ZipmapException {
        Dtype dtype;
        try {
            dtype = Dtype.parse(text, order);
        } catch (ZipmapException e) {
            throw invalidDtype(text).because(e);
        }
        if (dtype.itemSize() == 0) {
            throw invalidDtype(text).actual("an item size of 0 bytes, which fits any entry");
        }
        return dtype;
    }

    private static ZipmapException invalidDtype(String text) {
        return new ZipmapException(Condition.OPTION_INVALID, "Invalid value of " + Option.DTYPE.mention() + ": " + text)
                .expected("a numpy dtype: float32, <f4, complex64, datetime64[s], S5, or fields as in"
                        + " [('a', '<f4'), ('b', '<i2')]");
    }

    private static InPlace inPlace(OptionValues values) throws ZipmapException {
        return InPlace.valueOf(values.word(Option.IN_PLACE).toUpperCase(Locale.ROOT));
    }

    private static ArchiveLimits limits(OptionValues values) throws ZipmapException {
        return new ArchiveLimits(
                values.bytes(Option.MAX_ENTRY_BYTES),
                values.bytes(Option.MAX_ARCHIVE_BYTES),
                values.number(Option.MAX_ENTRIES));
    }

    private static int sliceBytes(OptionValues values) throws ZipmapException {
        long bytes = values.bytes(Option.SLICE_BYTES);
        if (bytes < MIN_SLICE_BYTES || bytes > MAX_SLICE_BYTES) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Invalid value of " + Option.SLICE_BYTES.mention() + ": " + bytes)
                    .expected("16 bytes to 1g");
        }
        return (int) bytes;
    }

    public ExtractRules rules() {
        return rules;
    }

    /** The rules that select entries. */
    public EntryRules entries() {
        return entries;
    }

    /** The folders of {@code --scratch}; empty for Spark's local folders of each node. */
    List<String> scratch() {
        return scratch;
    }

    /** Limit of the bytes of scratch on one node; 0 means no limit. */
    long scratchBudget() {
        return scratchBudget;
    }

    boolean keepScratch() {
        return keepScratch;
    }

    /** Most bytes of a slice, and of one map. */
    public int sliceBytes() {
        return sliceBytes;
    }

    /** Most bytes of archives in one task. */
    public long packBytes() {
        return packBytes;
    }
}
