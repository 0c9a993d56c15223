package io.zipmap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits text into statements: at semicolons outside quotes and comments, and at the ends of lines of dot commands. */
final class StatementSyntax {
    private static final Set<String> EXITS = Set.of("exit", "quit");

    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private int at;
    private int line;

    /** A statement without its semicolon, or a command that starts with a dot. */
    record Statement(String text, int line) {}

    /**
     * The complete statements of a text.
     *
     * @param rest what follows the last of them: an incomplete statement, comments or blanks
     * @param line the line in which the rest begins
     */
    record Split(List<Statement> statements, String rest, int line) {}

    private StatementSyntax(String text, int line) {
        this.text = text;
        this.line = line;
    }

    /** @param line the number of the text's first line */
    static Split split(String text, int line) {
        return new StatementSyntax(text, line).split();
    }

    /** Whether {@code text} needs no further line: statements with semicolons, a dot command, an exit, or blank. */
    static boolean isComplete(String text) {
        String rest = split(text, 1).rest();
        return isBlank(rest) || isExit(rest);
    }

    /** Whether a statement ends the session. */
    static boolean isExit(String statement) {
        return EXITS.contains(statement.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a text without semicolon has nothing but blanks and complete comments. */
    static boolean isBlank(String rest) {
        // A semicolon makes a statement of the text, unless there is nothing before it.
        Split ended = split(rest + "\n;", 1);
        return ended.statements().isEmpty() && ended.rest().isEmpty();
    }

    private Split split() {
        int start = 0;
        int startLine = line;
        int first = -1;
        int firstLine = line;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                if (first >= 0) {
                    statements.add(new Statement(text.substring(first, at).strip(), firstLine));
                    first = -1;
                }
                at++;
                start = at;
                startLine = line;
            } else if (first < 0 && c == '.') {
                int end = endOf("\n", at);
                String command =
                        text.substring(at, end < 0 ? text.length() : end).strip();
                statements.add(new Statement(command.replaceFirst("\\s*;+$", ""), line));
                moveTo(end < 0 ? text.length() : end);
                start = at;
                startLine = line;
            } else if (Character.isWhitespace(c)) {
                moveTo(at + 1);
            } else {
                boolean comment = text.startsWith("--", at) || text.startsWith("/*", at);
                if (first < 0 && !comment) {
                    first = at;
                    firstLine = line;
                }
                int end = endOfToken(c);
                if (end < 0) {
                    break;
                }
                moveTo(end);
            }
        }
        return new Split(statements, text.substring(start), startLine);
    }

    private void moveTo(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }

    /** End of the quoted text, comment or letter that begins here; -1 if it does not end. */
    private int endOfToken(char c) {
        if (c == '\'' || c == '"' || c == '`') {
            return endOfQuoted(c);
        }
        if (text.startsWith("--", at)) {
            int end = endOf("\n", at);
            return end < 0 ? text.length() : end;
        }
        return text.startsWith("/*", at) ? endOfBrackets() : at + 1;
    }

    /** A backslash escapes the next character, except in a quoted name and in a raw text such as {@code r'\d'}. */
    private int endOfQuoted(char quote) {
        boolean escapes = quote != '`' && !isRaw();
        for (int i = at + 1; i < text.length(); i++) {
            if (escapes && text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether the letter r, as a word of its own, stands before the quote. */
    private boolean isRaw() {
        return at > 0
                && (text.charAt(at - 1) == 'r' || text.charAt(at - 1) == 'R')
                && (at == 1 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
    }

    /** Comments in brackets may contain others, as in Spark. */
    private int endOfBrackets() {
        int depth = 0;
        int i = at;
        while (i < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    private int endOf(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? -1 : found + end.length();
    }
}
