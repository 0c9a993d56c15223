package io.zipmap.sql.error;

import io.zipmap.Condition;

/** The SQLSTATE of a condition: that of the condition of Spark which means the same. */
final class SqlState {
    private SqlState() {}

    static String of(Condition condition) {
        return switch (condition) {
            case OPTION_INVALID, CREDENTIALS_IN_URI -> "22023";
            case INPUT_MISSING, INPUT_EMPTY -> "42K03";
            case INPUT_NOT_ALLOWED -> "42501";
            case ARRAYS_DISAGREE -> "42KD9";
            case WRITE_UNSUPPORTED, METHOD_UNSUPPORTED, DTYPE_UNSUPPORTED -> "0A000";
            default ->
                switch (condition.blame()) {
                    case USAGE -> "42000";
                    case INPUT -> "KD001";
                    case SOURCE, NODE -> "58030";
                };
        };
    }
}
