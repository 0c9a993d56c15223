package io.zipmap.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data of the page that a run has left. */
public final class Report {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

    private Report() {}

    public static JsonNode read(Path page) throws IOException {
        Matcher data = DATA.matcher(Files.readString(page));
        if (!data.find()) {
            throw new AssertionError("No report is in " + page);
        }
        return new ObjectMapper().readTree(data.group(1));
    }
}
