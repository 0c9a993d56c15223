package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a count of datetime64 or timedelta64 counts: a unit of numpy's, or so many of it, or nothing that is said.
 * Immutable.
 */
public final class TimeStep implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The step of a dtype that says none. */
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

    /** @param text with its brackets: {@code [ns]}, {@code [25us]}; may be empty */
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

    /** Microseconds of one step; empty when they are not whole, not always the same (months, years), or too many. */
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

    /** With brackets, as a dtype has it; empty when generic. */
    String suffix() {
        return unit.equals(GENERIC.unit) ? "" : "[" + this + "]";
    }

    /** numpy's: {@code ns}, {@code 25us}, {@code generic}. */
    @Override
    public String toString() {
        return (count == 1 ? "" : count) + unit;
    }
}
