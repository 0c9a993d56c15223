package io.zipmap.options;

/** A command of the command line: its word and its help text. {@link Option} declares the options that it takes. */
public enum Command implements OptionTaker {
    DEMO("demo", "Writes 15 sample archives once, runs the pipeline over them and prints the result of a query."),
    GENERATE("generate", "Writes sample archives."),
    INSPECT("inspect", "Lists the arrays in archives without extracting them."),
    RUN("run", "Extracts archives, aggregates their arrays and publishes the tables."),
    SQL_COMMAND("sql", "Queries the arrays in archives as the table elements, or the tables of a former run."),
    PACK("pack", "Rewrites archives so that their entries can be mapped in place: stored and aligned to 64 bytes."),
    REPORT("report", "Renders the report of a run again, with the template of this release."),
    CLEAN("clean", "Shows the scratch of this node and removes the scratch that no running application owns.");

    private final String word;
    private final String text;

    Command(String word, String text) {
        this.word = word;
        this.text = text;
    }

    @Override
    public String word() {
        return word;
    }

    /** The help text. */
    public String text() {
        return text;
    }
}
