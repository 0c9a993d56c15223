package io.zipmap.cli;

/** Finds the end of a statement: a semicolon at the end of a line, outside quotes and comments. */
final class StatementSyntax {
    private static final String END = ";";

    private StatementSyntax() {}

    /** Whether {@code text} needs no further line: a statement with semicolon, a dot command, or blank. */
    static boolean isComplete(String text) {
        String stripped = text.strip();
        return stripped.isEmpty()
                || stripped.startsWith(".")
                || stripped.endsWith(END) && !endsInQuotesOrComment(stripped);
    }

    /** The statement without white space around it and without its semicolon. */
    static String withoutSemicolon(String text) {
        String stripped = text.strip();
        return stripped.endsWith(END) ? stripped.substring(0, stripped.length() - END.length()) : stripped;
    }

    /** Whether the text ends inside a string, a quoted name or a comment. */
    private static boolean endsInQuotesOrComment(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int next;
            if (c == '\'' || c == '"' || c == '`') {
                next = endOfQuoted(text, i);
            } else if (text.startsWith("--", i)) {
                next = endOf(text, i, "\n");
            } else if (text.startsWith("/*", i)) {
                next = endOf(text, i, "*/");
            } else {
                next = i + 1;
            }
            if (next < 0) {
                return true;
            }
            i = next;
        }
        return false;
    }

    /** End of a quoted text; -1 if it does not end. A backslash escapes the next character, except in a quoted name. */
    private static int endOfQuoted(String text, int from) {
        char quote = text.charAt(from);
        for (int i = from + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int endOf(String text, int from, String end) {
        int at = text.indexOf(end, from + 2);
        return at < 0 ? -1 : at + end.length();
    }
}
