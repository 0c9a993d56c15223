package io.zipmap.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Makes the page of a report: puts its JSON, the style and the script into the template. The policy of the page allows
 * this style and this script alone, by their digests, and no request.
 */
final class ReportPage {
    private static final String START = "<script type=\"application/json\" id=\"report\">";
    private static final String END = "</script>";
    private static final String MARK = "@@";

    private ReportPage() {}

    /** @param json as {@link ReportJson#text(io.zipmap.IoConsumer)} makes it */
    static byte[] of(String json) throws IOException {
        String style = resource("page.css");
        String script = resource("page.js");
        String template = resource("page.html");
        StringBuilder page = new StringBuilder(template.length() + style.length() + script.length() + json.length());
        int from = 0;
        // From mark to mark of the template, because a part may have a text like a mark.
        for (int at = template.indexOf(MARK); at >= 0; at = template.indexOf(MARK, from)) {
            int end = template.indexOf(MARK, at + MARK.length());
            page.append(template, from, at)
                    .append(
                            switch (template.substring(at + MARK.length(), end)) {
                                case "POLICY" -> policy(style, script);
                                case "STYLE" -> style;
                                case "SCRIPT" -> script;
                                case "REPORT" -> json;
                                default -> throw new IllegalStateException("Unknown mark in page.html");
                            });
            from = end + MARK.length();
        }
        page.append(template, from, template.length());
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; script-src 'sha256-" + digest(script) + "'; style-src 'sha256-" + digest(style)
                + "'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Not in the jar of zipmap: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The JSON of a page; empty if it is no page of a report. */
    static String json(String page) {
        int start = page.indexOf(START);
        int end = start < 0 ? -1 : page.indexOf(END, start);
        return end < 0 ? "" : page.substring(start + START.length(), end);
    }
}
