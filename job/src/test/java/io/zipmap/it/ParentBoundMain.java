package io.zipmap.it;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Calls another main class, in a process that ends with the one that started it: when its standard input does. */
final class ParentBoundMain {
    private ParentBoundMain() {}

    /** @param args the main class, and what it is called with */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread tether = new Thread(ParentBoundMain::exitAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
        Method main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }

    /** An orderly exit: a Worker takes its executors along. */
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
