package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype.Kind;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses numpy's type strings: names ({@code float32}, {@code double}), array-protocol codes ({@code <f4}), and the
 * letters of C types ({@code d}). Accepts what numpy accepts on 64-bit Linux.
 */
final class DtypeString {
    /** numpy's character for Python objects. */
    private static final String OBJECT = "O";

    private static final Set<String> SIZED =
            Set.of("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16");

    private static final Map<String, String> WORDS = words(
            "b1 bool bool_ bool8",
            "i1 int8 byte",
            "i2 int16 short",
            "i4 int32 intc",
            "i8 int64 int int_ int0 intp long longlong",
            "u1 uint8 ubyte",
            "u2 uint16 ushort",
            "u4 uint32 uintc",
            "u8 uint64 uint uint0 uintp ulong ulonglong",
            "f2 float16 half",
            "f4 float32 single",
            "f8 float64 float float_ double",
            "c8 complex64 csingle singlecomplex",
            "c16 complex128 complex complex_ cdouble cfloat",
            "S0 bytes bytes_ bytes0 string_",
            "U0 str str_ str0 unicode unicode_");

    /** Letters of C types, which are case-sensitive. */
    private static final Map<String, String> LETTERS = words(
            "b1 ?",
            "i1 b",
            "i2 h",
            "i4 i",
            "i8 l q p n",
            "u1 B",
            "u2 H",
            "u4 I",
            "u8 L Q P N",
            "f2 e",
            "f4 f",
            "f8 d",
            "c8 F",
            "c16 D",
            "S1 c",
            "S0 S a",
            "U0 U");

    private static final Pattern CODE =
            Pattern.compile("([<>|=]?)(?:([?bhilqpnBHILQPNefdFDcSaU])|([biufcSaU])([0-9]{1,9}))");
    private static final Pattern TIME =
            Pattern.compile("([<>|=]?)(?:([Mm])|([Mm]8|(?i:datetime64|timedelta64))(\\[.*])?)");
    private static final Pattern VOID = Pattern.compile("\\|?V([0-9]{1,9})");

    private DtypeString() {}

    /** @param lines one code per line, followed by its synonyms */
    private static Map<String, String> words(String... lines) {
        Map<String, String> words = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ");
            for (int i = 1; i < parts.length; i++) {
                words.put(parts[i], parts[0]);
            }
        }
        return Map.copyOf(words);
    }

    /**
     * Parses a type string.
     *
     * @param where path of the enclosing fields, for messages; may be empty
     * @throws ZipmapException {@code DTYPE_UNSUPPORTED}
     */
    static Dtype parse(String text, ByteOrder defaultOrder, String where) throws ZipmapException {
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            String word = time.group(2) != null ? time.group(2) : time.group(3);
            boolean date = word.startsWith("M") || word.length() == "datetime64".length();
            TimeStep step =
                    TimeStep.parse(time.group(4) == null ? "" : time.group(4), text + DtypeDescr.ofField(where));
            return Dtype.of(
                    date ? Kind.DATETIME : Kind.TIMEDELTA, Long.BYTES, isBigEndian(time.group(1), defaultOrder), step);
        }
        Matcher code = CODE.matcher(WORDS.getOrDefault(text.toLowerCase(Locale.ROOT), text));
        if (code.matches()) {
            String letter = code.group(2);
            String plain =
                    letter != null ? LETTERS.getOrDefault(letter, "") : code.group(3) + Integer.valueOf(code.group(4));
            plain = plain.replace('a', 'S');
            Kind kind = Kind.of(plain.charAt(0));
            long size = Long.parseLong(plain.substring(1)) * (kind == Kind.UNICODE ? Dtype.CODE_POINT_BYTES : 1);
            if (kind.isText() ? size <= Integer.MAX_VALUE : SIZED.contains(plain)) {
                return Dtype.of(kind, (int) size, isBigEndian(code.group(1), defaultOrder), null);
            }
        }
        ZipmapException unsupported = new ZipmapException(
                        Condition.DTYPE_UNSUPPORTED, "Unsupported dtype: " + text + DtypeDescr.ofField(where))
                .expected("bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128, datetime64,"
                        + " timedelta64, S, U, or fields of these");
        throw text.endsWith(OBJECT)
                ? unsupported.advice("It has Python objects, which only Python reads. Name the other entries, as in "
                        + OptionSpelling.mention("entries", "x,y") + ".")
                : unsupported;
    }

    /** Whether the order is big-endian. "|" means the default order, as in numpy. */
    private static boolean isBigEndian(String mark, ByteOrder defaultOrder) {
        return mark.equals(">") || (!mark.equals("<") && defaultOrder == ByteOrder.BIG_ENDIAN);
    }

    /** Number of padding bytes of a void type; -1 if {@code descr} is no void type. */
    static long voidBytes(@Nullable Object descr) {
        Matcher matcher = VOID.matcher(descr instanceof String text ? text : "");
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
