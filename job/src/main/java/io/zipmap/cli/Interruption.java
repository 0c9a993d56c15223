package io.zipmap.cli;

import java.io.PrintStream;

/**
 * The end of the process by a signal, such as that of Ctrl-C, while a command runs. Says so in one line; the errors
 * that follow from it are not printed. Thread-safe.
 */
final class Interruption {
    private final PrintStream err;
    private Runnable before = () -> {};
    private boolean begun;
    private boolean ruledOut;

    /** @param err receives the line */
    Interruption(PrintStream err) {
        this.err = err;
    }

    /** An interruption that begins when this process ends before {@link #ruleOut} is called. */
    static Interruption ofProcess(PrintStream err) {
        Interruption interruption = new Interruption(err);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::begin, "zipmap-interruption"));
        return interruption;
    }

    /** Says that the command was interrupted, unless that was said before or the command has ended. */
    synchronized void begin() {
        if (!begun && !ruledOut) {
            begun = true;
            before.run();
            err.println("zipmap: interrupted");
        }
    }

    /** Sets what must be done before the line is printed. */
    synchronized void before(Runnable preparation) {
        before = preparation;
    }

    /** Says that the command has ended: what ends the process from now on interrupts nothing. */
    synchronized void ruleOut() {
        ruledOut = true;
    }

    synchronized boolean hasBegun() {
        return begun;
    }
}
