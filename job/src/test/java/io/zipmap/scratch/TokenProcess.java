package io.zipmap.scratch;

import java.io.IOException;

/** A process that prints its {@link ProcessToken}, and waits to be killed. */
public final class TokenProcess {
    private TokenProcess() {}

    public static void main(String[] args) throws IOException {
        System.out.println(ProcessToken.current());
        System.in.read();
    }
}
