package io.zipmap.it;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs another main class in a process that exits when its parent does, which ends its standard input. */
final class ParentBoundMain {
    private ParentBoundMain() {}

    /** @param args the main class, followed by its arguments */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watcher = new Thread(ParentBoundMain::exitAtEndOfInput, "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
        Method main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }

    /** Exits in order, so that a Worker also ends its executors. */
    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            System.exit(1);
        }
        System.exit(0);
    }
}
