package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unit of datetime64 or timedelta64 values: a numpy unit such as {@code ms}, a multiple such as {@code 25us}, or
 * {@code generic}. Immutable.
 */
public final class TimeStep implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The unit of a dtype that names none. */
    static final TimeStep GENERIC = new TimeStep(1, "generic");

    private static final Pattern TEXT = Pattern.compile("\\[([1-9][0-9]{0,8})?([A-Za-zμ]{1,2})]");
    private static final List<String> UNITS =
            List.of("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as");

    private final int count;
    private final String unit;

    private TimeStep(int count, String unit) {
        this.count = count;
        this.unit = unit;
    }

    /**
     * @param text in brackets, as {@code [ns]} or {@code [25us]}; may be empty
     * @param dtype the whole type string, for messages
     */
    static TimeStep parse(String text, String dtype) throws ZipmapException {
        if (text.isEmpty() || text.equals("[generic]")) {
            return GENERIC;
        }
        Matcher matcher = TEXT.matcher(text);
        String unit = matcher.matches() ? matcher.group(2).replace('μ', 'u') : "";
        if (!UNITS.contains(unit)) {
            throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Unsupported dtype: " + dtype)
                    .expected("a unit of " + UNITS + ", as in datetime64[ms] or datetime64[25us]");
        }
        return new TimeStep(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)), unit);
    }

    /** Microseconds of one step; empty if the number is not whole, not constant (months, years), or exceeds a long. */
    public OptionalLong micros() {
        long micros = switch (unit) {
            case "us" -> 1;
            case "ms" -> 1_000;
            case "s" -> 1_000_000;
            case "m" -> 60_000_000;
            case "h" -> 3_600_000_000L;
            case "D" -> 86_400_000_000L;
            case "W" -> 604_800_000_000L;
            default -> 0;
        };
        return micros == 0 || count > Long.MAX_VALUE / micros ? OptionalLong.empty() : OptionalLong.of(count * micros);
    }

    /** Whether one step is a nanosecond, the usual unit of pandas. */
    public boolean isNanosecond() {
        return count == 1 && unit.equals("ns");
    }

    /** The unit in brackets, as in a type string; empty if generic. */
    String suffix() {
        return unit.equals(GENERIC.unit) ? "" : "[" + this + "]";
    }

    /** The unit as numpy writes it: {@code ns}, {@code 25us}, {@code generic}. */
    @Override
    public String toString() {
        return (count == 1 ? "" : count) + unit;
    }
}
