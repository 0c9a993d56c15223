package io.zipmap.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP connection in between: tells the HTTP requests that went by, counts the bytes that came back, and can be cut.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private long cutAfter = Long.MAX_VALUE;
    private boolean forGood;
    private int cuts;

    /** @param target port on 127.0.0.1 */
    public TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Forgets what went by. */
    public synchronized void reset() {
        requests.clear();
        bytes.set(0);
        cutAfter = Long.MAX_VALUE;
        cuts = 0;
    }

    /**
     * Cuts the connection in which the byte after {@code count} more ones comes back.
     *
     * @param always whether every byte after that cuts its connection too
     */
    public synchronized void cutAfter(long count, boolean always) {
        reset();
        cutAfter = count;
        forGood = always;
    }

    /** First lines, such as {@code GET /bucket/a.zip bytes=0-99}: method, path, range. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized int cuts() {
        return cuts;
    }

    /** Bytes that came back, heads included. */
    public long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                start(() -> pump(client, server, true));
                start(() -> pump(server, client, false));
            } catch (IOException e) {
                // Closed, or a client that went away: the next one is waited for.
                continue;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean request) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (request) {
                    note(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                } else if (isCut(n)) {
                    return;
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side has closed; so does the other, by leaving this block.
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** The clients here send a request's head at once. */
    private synchronized void note(String text) {
        String[] lines = text.split("\r\n");
        if (lines[0].endsWith(" HTTP/1.1")) {
            StringBuilder request = new StringBuilder(lines[0].substring(0, lines[0].length() - 9));
            for (String line : lines) {
                if (line.toLowerCase(Locale.ROOT).startsWith("range: ")) {
                    request.append(' ').append(line.substring(7));
                }
            }
            requests.add(request.toString());
        }
    }

    private synchronized boolean isCut(int count) {
        long before = bytes.getAndAdd(count);
        if (before + count <= cutAfter) {
            return false;
        }
        cuts++;
        if (!forGood) {
            cutAfter = Long.MAX_VALUE;
        }
        return true;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
