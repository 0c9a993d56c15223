package io.zipmap.sql;

import java.io.IOException;

/** Takes the pieces of a scan, one after the other. */
@FunctionalInterface
interface PieceTaker {
    void take(Piece piece) throws IOException;
}
