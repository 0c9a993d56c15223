package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype.Kind;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dtype in one word: numpy's ({@code float32}), or that of its array protocol ({@code <f4}). */
final class DtypeWord {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("bool", "b1"),
            Map.entry("int8", "i1"),
            Map.entry("int16", "i2"),
            Map.entry("int32", "i4"),
            Map.entry("int64", "i8"),
            Map.entry("uint8", "u1"),
            Map.entry("uint16", "u2"),
            Map.entry("uint32", "u4"),
            Map.entry("uint64", "u8"),
            Map.entry("float16", "f2"),
            Map.entry("float32", "f4"),
            Map.entry("float64", "f8"),
            Map.entry("complex64", "c8"),
            Map.entry("complex128", "c16"));

    private static final Pattern CODE = Pattern.compile("([<>|=]?)([biufcSU])([0-9]{1,9})");
    private static final Pattern TIME = Pattern.compile("([<>=]?)([Mm]8|(?i:datetime64|timedelta64))(\\[.*])?");
    private static final Pattern VOID = Pattern.compile("\\|?V([0-9]{1,9})");

    private DtypeWord() {}

    /**
     * Reads a word.
     *
     * @param where the fields that lead to it, for messages
     * @throws ZipmapException {@code DTYPE_UNSUPPORTED}
     */
    static Dtype parse(String text, ByteOrder otherwise, String where) throws ZipmapException {
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            Kind kind = time.group(2).startsWith("M") || time.group(2).length() == "datetime64".length()
                    ? Kind.DATETIME
                    : Kind.TIMEDELTA;
            TimeStep step = TimeStep.parse(time.group(3) == null ? "" : time.group(3), text + Descr.of(where));
            return Dtype.of(kind, Long.BYTES, big(time.group(1), otherwise), step);
        }
        Matcher code = CODE.matcher(WORDS.getOrDefault(text.toLowerCase(Locale.ROOT), text));
        if (code.matches()) {
            Kind kind = Kind.of(code.group(2).charAt(0));
            long size = Long.parseLong(code.group(3)) * (kind == Kind.UNICODE ? Dtype.CODE_POINT_BYTES : 1);
            boolean anyOrder = !code.group(1).equals("|") || size == 1 || kind == Kind.BYTES;
            boolean sized =
                    kind.isText() ? size <= Integer.MAX_VALUE : WORDS.containsValue(code.group(2) + code.group(3));
            if (anyOrder && sized) {
                return Dtype.of(kind, (int) size, big(code.group(1), otherwise), null);
            }
        }
        throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Unsupported dtype: " + text + Descr.of(where))
                .expected("bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128, datetime64,"
                        + " timedelta64, S, U, or fields of these");
    }

    private static boolean big(String says, ByteOrder otherwise) {
        return says.equals(">") || ((says.isEmpty() || says.equals("=")) && otherwise == ByteOrder.BIG_ENDIAN);
    }

    /** How many bytes of padding that is; -1 when it is no void. */
    static long voidBytes(@Nullable Object descr) {
        Matcher matcher = VOID.matcher(descr instanceof String text ? text : "");
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
