package io.zipmap.cli;

/**
 * Entry point of the process that {@code submit.sh} starts for {@code demo --naive} before that of the command: parses
 * the same words and runs {@link NaiveAction}.
 */
public final class NaiveMain {
    private NaiveMain() {}

    public static void main(String[] args) {
        System.exit(Main.execute(new NaiveAction(), args));
    }
}
