package io.zipmap.scratch;

import java.io.IOException;

/** Says its token, and waits to be killed. */
public final class TokenProcess {
    private TokenProcess() {}

    public static void main(String[] args) throws IOException {
        System.out.println(ProcessToken.current());
        System.in.read();
    }
}
